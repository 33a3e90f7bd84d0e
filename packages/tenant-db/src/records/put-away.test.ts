import { expect, test } from 'vitest'
import { forEveryRecord } from './kinds.fixture.ts'

forEveryRecord((placement) => {
  test('an archived record says since when, and is taken out as it was', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const archived = await mine.archive(created)
    expect(archived).toMatchObject({ archivedAt: archived.updatedAt, deletedAt: null, version: 2 })
    const back = await mine.unarchive(archived)
    expect(back).toEqual({ ...created, version: 3, updatedAt: back.updatedAt })
  })

  test('a removed record is still found by its id, and is restored as it was', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const removed = await mine.remove(created)
    expect(removed).toMatchObject({ deletedAt: removed.updatedAt, version: 2 })
    expect(await mine.byId(created.id)).toEqual(removed)
    const back = await mine.restore(removed)
    expect(back).toEqual({ ...created, version: 3, updatedAt: back.updatedAt })
  })

  test('a record that was archived and then removed is archived again when it is restored', async () => {
    const { mine } = placement()
    const archived = await mine.archive(await mine.create())
    const restored = await mine.restore(await mine.remove(archived))
    expect(restored).toMatchObject({ archivedAt: archived.archivedAt, deletedAt: null })
  })

  test('a record that is put away twice stays where it is since the first time', async () => {
    const { mine } = placement()
    const archived = await mine.archive(await mine.create())
    expect(await mine.archive(archived)).toEqual(archived)
    const removed = await mine.remove(archived)
    expect(await mine.remove(removed)).toEqual(removed)
    expect(await mine.history(removed.id)).toHaveLength(3)
  })

  test('taking back what was never put away changes nothing', async () => {
    const { mine } = placement()
    const created = await mine.create()
    expect(await mine.unarchive(created)).toEqual(created)
    expect(await mine.restore(created)).toEqual(created)
  })

  test('a record in the bin cannot be changed before it is restored', async () => {
    const { mine } = placement()
    const removed = await mine.remove(await mine.create())
    const patch = { [mine.first]: 'changed' }
    await expect(mine.patch({ id: removed.id, version: 2, patch })).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await expect(mine.archive(removed)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await mine.byId(removed.id)).toEqual(removed)
  })

  test('a record that has changed since is neither put away nor taken back', async () => {
    const { mine } = placement()
    const created = await mine.create()
    const now = await mine.patch({ id: created.id, version: 1, patch: { [mine.second]: 'changed' } })
    for (const act of ['archive', 'unarchive', 'remove', 'restore'] as const) {
      await expect(mine[act](created)).rejects.toMatchObject({
        code: 'STALE_WRITE',
        data: { currentVersion: 2, changed: { [mine.second]: 'changed' } },
      })
    }
    expect(await mine.byId(created.id)).toEqual(now)
  })
})
