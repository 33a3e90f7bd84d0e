import { expect, test } from 'vitest'
import { forEveryRecord } from './kinds.fixture.ts'

forEveryRecord((placement) => {
  test('a patch changes what it names, counts up the version and leaves everything else', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const patched = await mine.patch({ id: created.id, version: 1, patch: { [mine.second]: 'changed' } })
    expect(patched).toEqual({
      ...created,
      [mine.second]: 'changed',
      version: 2,
      updatedAt: expect.stringMatching(/Z$/),
      updatedBy: mine.person.id,
    })
    expect(patched.updatedAt > created.updatedAt).toBe(true)
    expect(await mine.byId(created.id)).toEqual(patched)
  })

  test('a patch empties a field with null and leaves it with nothing', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const emptied = await mine.patch({ id: created.id, version: 1, patch: { [mine.first]: null } })
    expect(emptied[mine.first]).toBeNull()
    const untouched = await mine.patch({
      id: created.id,
      version: 2,
      patch: { [mine.first]: undefined, [mine.second]: 'b' },
    })
    expect(untouched).toMatchObject({ [mine.first]: null, [mine.second]: 'b' })
  })

  test('a patch with the values a record has already is no change', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const same = await mine.patch({ id: created.id, version: 1, patch: { [mine.first]: created[mine.first] } })
    expect(same).toEqual(created)
    expect(await mine.history(created.id)).toHaveLength(1)
  })

  test('a stale patch is refused with each field changed since, its value now, and who changed it', async () => {
    const { mine } = placement()
    const { id, [mine.first]: original } = await mine.create()
    await mine.patch({ id, version: 1, patch: { [mine.first]: 'theirs', [mine.second]: 'once' } })
    const now = await mine.patch({ id, version: 2, patch: { [mine.second]: 'twice' } })
    const stale = mine.patch({ id, version: 1, patch: { [mine.first]: 'mine' } })
    await expect(stale).rejects.toHaveProperty('code', 'STALE_WRITE')
    await expect(stale).rejects.toHaveProperty('data', {
      currentVersion: 3,
      changed: { [mine.first]: 'theirs', [mine.second]: 'twice' },
      changedBy: 'Robin Weber',
      changedAt: now.updatedAt,
    })
    expect(original).not.toBe('theirs')
    expect(await mine.byId(id)).toEqual(now)
  })

  test('a stale writer is not told of what they have read themselves', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    await mine.patch({ id, version: 1, patch: { [mine.first]: 'read' } })
    await mine.patch({ id, version: 2, patch: { [mine.second]: 'not read' } })
    const stale = mine.patch({ id, version: 2, patch: { [mine.first]: 'mine' } })
    await expect(stale).rejects.toHaveProperty('data.changed', { [mine.second]: 'not read' })
  })

  test('a field that has its old value again is no change to a stale writer', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const { id } = created
    await mine.patch({ id, version: 1, patch: { [mine.first]: 'for a moment' } })
    await mine.patch({ id, version: 2, patch: { [mine.first]: created[mine.first] } })
    const stale = mine.patch({ id, version: 1, patch: { [mine.second]: 'mine' } })
    await expect(stale).rejects.toHaveProperty('code', 'STALE_WRITE')
    await expect(stale).rejects.toHaveProperty('data.changed', {})
  })

  test('of patches at once exactly one wins, and each other is told what it changed', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    const attempts = await Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((value) => mine.patch({ id, version: 1, patch: { [mine.second]: value } })),
    )
    const [winner, ...more] = attempts.filter((attempt) => attempt.status === 'fulfilled')
    expect(more).toEqual([])
    const now = await mine.byId(id)
    expect(now).toEqual(winner?.value)
    const refusals = attempts.filter((attempt) => attempt.status === 'rejected')
    expect(refusals).toHaveLength(5)
    for (const { reason } of refusals) {
      expect(reason).toMatchObject({ code: 'STALE_WRITE', data: { changed: { [mine.second]: now[mine.second] } } })
    }
    expect(await mine.history(id)).toHaveLength(2)
  })
})
