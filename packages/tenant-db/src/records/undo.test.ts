import { expect, test } from 'vitest'
import { forEveryRecord, type RecordDesk } from './kinds.fixture.ts'

forEveryRecord((placement) => {
  test('undoing a change gives its fields their old values, in a line that names what it undoes', async () => {
    const { mine } = placement()
    const created = await mine.create()
    await mine.patch({ id: created.id, version: 1, patch: { [mine.first]: null, [mine.second]: 'new' } })
    const change = await lastChange(mine, created.id)
    const undone = await mine.undo(created.id, change)
    expect(undone).toEqual({ ...created, version: 3, updatedAt: undone.updatedAt })
    expect((await mine.history(created.id)).at(-1)).toMatchObject({
      action: 'undone',
      undoOf: change,
      versionAfter: 3,
      diff: {
        [mine.first]: { from: null, to: created[mine.first] },
        [mine.second]: { from: 'new', to: null },
      },
    })
  })

  test('an undo can be undone', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    const patched = await mine.patch({ id, version: 1, patch: { [mine.first]: 'new' } })
    await mine.undo(id, await lastChange(mine, id))
    const redone = await mine.undo(id, await lastChange(mine, id))
    expect(redone).toEqual({ ...patched, version: 4, updatedAt: redone.updatedAt })
  })

  test('undoing leaves alone what has changed since in other fields', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const { id } = created
    await mine.patch({ id, version: 1, patch: { [mine.first]: 'mistake' } })
    const mistake = await lastChange(mine, id)
    await mine.patch({ id, version: 2, patch: { [mine.second]: 'later' } })
    const undone = await mine.undo(id, mistake)
    expect(undone).toMatchObject({ [mine.first]: created[mine.first], [mine.second]: 'later', version: 4 })
  })

  test('a change whose field has changed since is not undone, and the writer is told its value now', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    await mine.patch({ id, version: 1, patch: { [mine.first]: 'mistake' } })
    const mistake = await lastChange(mine, id)
    const now = await mine.patch({ id, version: 2, patch: { [mine.first]: 'put right by hand' } })
    await expect(mine.undo(id, mistake)).rejects.toMatchObject({
      code: 'STALE_WRITE',
      data: { currentVersion: 3, changed: { [mine.first]: 'put right by hand' }, changedBy: 'Robin Weber' },
    })
    expect(await mine.byId(id)).toEqual(now)
    expect(await mine.history(id)).toHaveLength(3)
  })

  test('undoing the creation puts the record into the bin, and undoing that brings it back', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const undone = await mine.undo(created.id, await lastChange(mine, created.id))
    expect(undone).toMatchObject({ deletedAt: undone.updatedAt, version: 2 })
    const back = await mine.undo(created.id, await lastChange(mine, created.id))
    expect(back).toEqual({ ...created, version: 3, updatedAt: back.updatedAt })
  })

  test('a record that was worked on since its creation is not put into the bin by an undo', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    const creation = await lastChange(mine, id)
    const now = await mine.patch({ id, version: 1, patch: { [mine.second]: 'work' } })
    await expect(mine.undo(id, creation)).rejects.toMatchObject({
      code: 'STALE_WRITE',
      data: { changed: { [mine.second]: 'work' } },
    })
    expect(await mine.byId(id)).toEqual(now)
  })

  test('archiving and removing are undone like anything else', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const archived = await mine.archive(created)
    const unarchived = await mine.undo(created.id, await lastChange(mine, created.id))
    expect(unarchived).toEqual({ ...created, version: 3, updatedAt: unarchived.updatedAt })
    expect(archived.archivedAt).not.toBeNull()
    await mine.remove(unarchived)
    const restored = await mine.undo(created.id, await lastChange(mine, created.id))
    expect(restored).toEqual({ ...created, version: 5, updatedAt: restored.updatedAt })
  })

  test('a change to a record in the bin is not undone before it is restored', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    const patched = await mine.patch({ id, version: 1, patch: { [mine.first]: 'new' } })
    const change = await lastChange(mine, id)
    await mine.remove(patched)
    await expect(mine.undo(id, change)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('of two undos of one change at once, one wins', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const { id } = created
    await mine.patch({ id, version: 1, patch: { [mine.first]: 'new' } })
    const change = await lastChange(mine, id)
    const attempts = await Promise.allSettled([mine.undo(id, change), mine.undo(id, change)])
    expect(attempts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await mine.byId(id)).toMatchObject({ [mine.first]: created[mine.first], version: 3 })
  })

  test('the change of another record, and what names no change, is not found', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    const other = await mine.create()
    await mine.patch({ id: other.id, version: 1, patch: { [mine.first]: 'new' } })
    const foreign = await lastChange(mine, other.id)
    const none = ['', '0', '-1', '1.5', 'abc', '999999999', '9'.repeat(18), '9'.repeat(40), '1; select 1', foreign]
    for (const changeId of none) {
      await expect(mine.undo(id, changeId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await mine.history(id)).toHaveLength(1)
  })
})

async function lastChange(desk: RecordDesk, id: string): Promise<string> {
  const last = (await desk.history(id)).at(-1)
  if (!last) throw new Error('the record has no history')
  return last.id
}
