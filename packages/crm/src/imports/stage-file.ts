import { suggestMapping } from '@tenantry/contracts/import-fields'
import type { ImportBatch, ImportEntity } from '@tenantry/contracts/imports'
import type { ImportBatchId } from '@tenantry/contracts/ids'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { v7 } from 'uuid'
import { fileInvalid } from './file-invalid.ts'
import { readTable, type Table, type TableRow } from './read-table.ts'
import { spoolFile } from './spooled-file.ts'

export interface Staging {
  body: AsyncIterable<Uint8Array>
  maxBytes: number
  /** One transaction. */
  write<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
  /** Tells the application database that the batch is to be looked after, before anything of it is written. */
  announce(work: { batchId: ImportBatchId; workId: string }): Promise<void>
}

/** Rows of one transaction, and characters at which it is full before. */
const partRows = 2_000
const partCharacters = 1_000_000

/**
 * Puts the rows of a file into the tenant's database, a part at a time, in constant memory. Whatever fails takes back what
 * was written; what a process that is killed leaves, the announced work throws away. Throws IMPORT_FILE_INVALID,
 * REQUEST_TOO_LARGE.
 */
export async function stageFile(
  { body, maxBytes, write, announce }: Staging,
  { entity, fileName }: { entity: ImportEntity; fileName: string },
): Promise<ImportBatch> {
  await using file = await spoolFile(body, maxBytes)
  const table = await readTable(file)
  const id = v7() as ImportBatchId
  const workId = v7()
  await announce({ batchId: id, workId })
  await write((db) => db.imports.begin({ id, entity, fileName, workId }))
  try {
    const total = await stageRows(table, (rows) => write((db) => db.imports.stage(id, rows)))
    if (total === 0) throw fileInvalid('no_rows')
    const { header, delimiter } = table
    return await write(async (db) => {
      const mapping = suggestMapping(entity, header, await db.customFields.list({ entity, show: 'active' }))
      return db.imports.open(id, { header, delimiter, mapping, total, encoding: file.encoding })
    })
  } catch (error) {
    await takeBack(id, write)
    throw error
  }
}

/** While one part is written, the next one is read. */
async function stageRows({ rows }: Table, stage: (part: TableRow[]) => Promise<void>): Promise<number> {
  let [total, characters] = [0, 0]
  let part: TableRow[] = []
  let writing = Promise.resolve()
  for await (const row of rows) {
    part.push(row)
    total++
    for (const cell of row.cells) characters += cell.length
    if (part.length < partRows && characters < partCharacters) continue
    await writing
    writing = stage(part)
    // Told by the next wait.
    writing.catch(() => undefined)
    part = []
    characters = 0
  }
  await writing
  if (part.length > 0) await stage(part)
  return total
}

async function takeBack(id: ImportBatchId, write: Staging['write']): Promise<void> {
  const limit = 10 * partRows
  try {
    while ((await write((db) => db.imports.removePart(id, limit))) === limit);
  } catch {
    // The work that was announced will.
  }
}
