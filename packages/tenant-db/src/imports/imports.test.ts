import type { ImportBatchId } from '@tenantry/contracts/ids'
import type { ImportCountQuery } from '@tenantry/contracts/imports'
import { importUpload } from '@tenantry/testing/factories/import-batch'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('files are listed newest first, their rows in the order of the file, a page at a time', async () => {
    const { mine, theirs } = placement()
    await staged(theirs)
    const ids = [await staged(mine), await staged(mine), await staged(mine)].toReversed()
    const first = await mine.read.imports.list({ filters: {}, limit: 2 })
    const second = await mine.read.imports.list({ filters: {}, limit: 2, cursor: first.nextCursor })
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids)
    expect(second.nextCursor).toBeNull()
    expect(first.rows[0]).toMatchObject({ fileName: 'customers.csv', createdByName: 'Robin Weber', total: 5 })
    const sought = async (filters: ImportCountQuery['filters']) => {
      const { rows } = await mine.read.imports.list({ filters, limit: 10 })
      expect(await mine.read.imports.count({ filters })).toEqual({ count: rows.length, capped: false })
      return rows.length
    }
    expect(await sought({ entity: ['lead', 'account'], status: ['draft'], createdBy: mine.person.id })).toBe(3)
    expect(await sought({ entity: [], status: [] })).toBe(3)
    for (const other of [{ entity: ['lead' as const] }, { status: ['done' as const] }, { createdBy: theirs.person.id }])
      expect(await sought(other)).toBe(0)
    const asked = { id: ids[0] as ImportBatchId, show: 'all', limit: 3 } as const
    const page = await mine.read.imports.rows(asked)
    const rest = await mine.read.imports.rows({ ...asked, cursor: page.nextCursor })
    expect([...page.rows, ...rest.rows].map(({ cells }) => cells[0])).toEqual(['0', '1', '2', '3', '4'])
    // A cursor of one file or of one view says nothing about another.
    for (const other of [{ id: ids[1] as ImportBatchId }, { show: 'errors' as const }])
      await expect(mine.read.imports.rows({ ...asked, ...other, cursor: page.nextCursor })).rejects.toMatchObject({
        code: 'BAD_INPUT',
      })
  })

  test('the file of another tenant is read, planned, asked for and thrown away by nobody', async () => {
    const { mine, theirs } = placement()
    const id = await staged(theirs)
    await expect(mine.read.imports.byId(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const work of ['checking', 'running', 'reverting', 'removing'] as const)
      await expect(mine.write((db) => db.imports.ask(id, work, v7()))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await mine.write(async (db) => {
      const row = { row: 1, outcome: 'failed', recordId: v7(), errors: null, before: null } as const
      await db.imports.settle(id, { rows: [row], counts: { created: 7 }, cursor: 9, status: 'done' })
      expect(await db.imports.removePart(id, 100)).toBe(0)
    })
    expect(await theirs.read.imports.byId(id)).toMatchObject({ status: 'draft', created: 0, total: 5 })
    expect((await theirs.read.imports.rows({ id, show: 'all', limit: 10 })).rows[0]).toMatchObject({ outcome: null })
  })
})

async function staged({ write }: Desk): Promise<ImportBatchId> {
  const id = v7() as ImportBatchId
  const { entity, fileName } = importUpload()
  await write(async (db) => {
    await db.imports.begin({ id, entity, fileName, workId: v7() })
    await db.imports.stage(
      id,
      [0, 1, 2, 3, 4].map((row) => ({ row: row + 1, cells: [String(row)] })),
    )
    await db.imports.open(id, { header: ['name'], encoding: 'utf-8', delimiter: ',', mapping: [], total: 5 })
  })
  return id
}
