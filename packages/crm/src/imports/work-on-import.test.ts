import { inEveryPlacement } from '@tenantry/testing/placements'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { importDesk } from './import-desk.fixture.ts'
import { fixImportRow } from './plan-import.ts'

inEveryPlacement((placement) => {
  test('workers that do the same work at once, turn by turn, do each part once', async () => {
    const { mine } = placement()
    const { upload, plan, turn } = importDesk(mine)
    const { id, mapping } = await upload(`name\n${[...Array(60).keys()].map((n) => `Turn ${n}`).join('\n')}\n`)
    await plan(id, mapping)
    for (const work of ['running', 'reverting'] as const) {
      const workId = v7()
      await mine.write((db) => db.imports.ask(id, work, workId))
      const worker = async () => {
        while ((await turn(id, workId, { partRows: 3, turnMs: 5 })) === 'more');
      }
      await Promise.all([worker(), worker(), worker()])
      const found = await mine.read.accounts.count({ search: 'turn ', show: 'active', filters: {} } as never)
      expect(found.count).toBe(work === 'running' ? 60 : 0)
    }
    expect(await mine.read.imports.byId(id)).toMatchObject({ total: 60, created: 60, reverted: 60, kept: 0, failed: 0 })
  })

  test('what is paused stops, is changed by nobody meanwhile, and goes on where it was', async () => {
    const { mine } = placement()
    const { upload, plan, turn, done, rows } = importDesk(mine)
    const { id, mapping } = await upload(`name\n${[...Array(20).keys()].map((n) => `Pause ${n}`).join('\n')}\n`)
    await expect(done(id, 'reverting')).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await plan(id, mapping)
    const workId = v7()
    await mine.write((db) => db.imports.ask(id, 'running', workId))
    await expect(plan(id, mapping)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await turn(id, workId, { turnMs: 0 })).toBe('more')
    await mine.write((db) => db.imports.pause(id))
    expect(await turn(id, workId)).toBe('over')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'paused', created: 4 })
    // Work that was asked for later than what the batch knows is not committed yet.
    expect(await turn(id, v7())).toBe('early')
    await done(id, 'running')
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'done', created: 20 })
    expect(new Set((await rows(id)).map(({ recordId }) => recordId)).size).toBe(20)
    const other = await upload(`name\n${[...Array(30).keys()].map((n) => `Other ${n}`).join('\n')}\n`)
    await done(id, 'removing')
    await expect(mine.read.imports.byId(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await mine.database.reader.db.execute(`select from crm.import_rows where batch_id = '${id}'`)).toEqual([])
    expect(await rows(other.id)).toHaveLength(30)
  })

  test('another company neither sees a file nor goes on with it', async () => {
    const { mine, theirs } = placement()
    const { upload, plan } = importDesk(mine)
    const { id, mapping } = await upload('name\nMine alone\n')
    await plan(id, mapping)
    const workId = v7()
    await mine.write((db) => db.imports.ask(id, 'running', workId))
    const foreign = importDesk(theirs)
    for (const attempt of [
      () => theirs.read.imports.byId(id),
      () => theirs.read.imports.rows({ id, show: 'all', limit: 10 }),
      () => foreign.plan(id, mapping),
      () => foreign.done(id, 'running'),
      () => theirs.write((db) => db.imports.pause(id)),
      () => theirs.write((db) => db.imports.lock(id)),
      () => theirs.write((db) => fixImportRow(db, { id, row: 1, cells: ['x'] })),
      () => theirs.write((db) => db.imports.stage(id, [{ row: 9, cells: ['x'] }])),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await foreign.turn(id, workId)).toBe('early')
    expect(await theirs.read.imports.pending(id, { after: 0, limit: 10 })).toEqual([])
    expect(await mine.read.imports.byId(id)).toMatchObject({ status: 'running', created: 0 })
  })
})
