import { expect, test } from 'vitest'
import { forEveryRecord } from './kinds.fixture.ts'

forEveryRecord((placement, { refused: { field, value } }) => {
  test('every write adds one line that says who did what, and what each field was before', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const patched = await mine.patch({ id: created.id, version: 1, patch: { [mine.first]: null } })
    const archived = await mine.archive(patched)
    const back = await mine.unarchive(archived)
    const removed = await mine.remove(back)
    await mine.restore(removed)
    const [first, ...changes] = await mine.history(created.id)
    expect(first).toMatchObject({ action: 'created', versionAfter: 1, undoOf: null, at: created.createdAt })
    expect(first?.diff[mine.first]).toEqual({ from: null, to: created[mine.first] })
    expect(first?.diff).not.toHaveProperty(mine.second)
    expect(changes.map(({ action, diff, versionAfter }) => ({ action, diff, versionAfter }))).toEqual([
      { action: 'changed', diff: { [mine.first]: { from: created[mine.first], to: null } }, versionAfter: 2 },
      { action: 'archived', diff: { archivedAt: { from: null, to: archived.archivedAt } }, versionAfter: 3 },
      { action: 'unarchived', diff: { archivedAt: { from: archived.archivedAt, to: null } }, versionAfter: 4 },
      { action: 'deleted', diff: { deletedAt: { from: null, to: removed.deletedAt } }, versionAfter: 5 },
      { action: 'restored', diff: { deletedAt: { from: removed.deletedAt, to: null } }, versionAfter: 6 },
    ])
    for (const line of [first, ...changes]) {
      expect(line).toMatchObject({
        entity: mine.entity,
        entityId: created.id,
        actorId: mine.person.id,
        actorName: mine.person.name,
        actorKind: 'user',
      })
    }
  })

  test('a transaction that fails leaves neither a change nor a line about it', async () => {
    const { mine } = placement()
    const created = await mine.create()
    let unborn = ''
    const failing = mine.transaction(async (db) => {
      await mine.on(db).patch({ id: created.id, version: 1, patch: { [mine.first]: 'lost' } })
      unborn = (await mine.on(db).create()).id
      expect(await mine.on(db).byId(unborn)).toMatchObject({ version: 1 })
      throw new Error('somebody pulled the plug')
    })
    await expect(failing).rejects.toThrow('somebody pulled the plug')
    expect(await mine.byId(created.id)).toEqual(created)
    expect(await mine.history(created.id)).toHaveLength(1)
    await expect(mine.history(unborn)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a part of a transaction that fails takes its lines with it, and the rest stays', async () => {
    const { mine } = placement()
    const created = await mine.create()
    await mine.transaction(async (handle) => {
      const kept = await mine.on(handle).patch({ id: created.id, version: 1, patch: { [mine.first]: 'kept' } })
      const part = handle.transaction(async (inner) => {
        await mine.on(inner).patch({ id: created.id, version: kept.version, patch: { [mine.first]: 'lost' } })
        throw new Error('this part only')
      })
      await expect(part).rejects.toThrow('this part only')
    })
    expect(await mine.byId(created.id)).toMatchObject({ [mine.first]: 'kept', version: 2 })
    expect(await mine.history(created.id)).toHaveLength(2)
  })

  test('a write that Postgres refuses leaves no line', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const refused = mine.patch({ id: created.id, version: 1, patch: { [mine.first]: 'lost', [field]: value } })
    await expect(refused).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field } })
    expect(await mine.byId(created.id)).toEqual(created)
    expect(await mine.history(created.id)).toHaveLength(1)
  })

  test('the timeline comes newest first and in pages without a gap', async () => {
    const { mine } = placement()
    const { id } = await mine.create()
    for (let version = 1; version < 6; version++) {
      await mine.patch({ id, version, patch: { [mine.first]: `number ${version}` } })
    }
    const versions: (number | null)[] = []
    let cursor: string | null = null
    do {
      const page = await mine.timeline(id, { cursor, limit: 2 })
      versions.push(...page.rows.map((line) => line.versionAfter))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(versions).toEqual([6, 5, 4, 3, 2, 1])
    await expect(mine.timeline(id, { cursor: 'made up', limit: 2 })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})
