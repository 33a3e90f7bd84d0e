import type { ImportBatchId } from '@tenantry/contracts/ids'
import type { ImportBatch, ImportDedupe, ImportEntity, ImportMapping } from '@tenantry/contracts/imports'
import { importUpload } from '@tenantry/testing/factories/import-batch'
import type { Desk } from '@tenantry/testing/placements'
import { v7 } from 'uuid'
import { planImport } from './plan-import.ts'
import { stageFile } from './stage-file.ts'
import { workOnImport, type TurnEnd } from './work-on-import.ts'

type Work = 'checking' | 'running' | 'reverting' | 'removing'

/** Imports as one person asks for them and a worker does them. */
export function importDesk(desk: Desk) {
  const { write } = desk
  const read = <T>(work: (db: Desk['read']) => Promise<T>) => work(desk.read)
  const upload = (text: string | Uint8Array, entity: ImportEntity = 'account'): Promise<ImportBatch> =>
    stageFile(
      { write, body: bytesOf(text), maxBytes: 10_000_000, announce: () => Promise.resolve() },
      importUpload({ entity }),
    )
  const turn = (batchId: ImportBatchId, workId: string, changes: Partial<{ partRows: number; turnMs: number }> = {}) =>
    workOnImport({ read, write }, { batchId, workId, partRows: 4, turnMs: 60_000, ...changes })
  /** Asks for work and does it to its end. */
  const done = async (batchId: ImportBatchId, work: Work): Promise<TurnEnd> => {
    const workId = v7()
    await write((db) => db.imports.ask(batchId, work, workId))
    return turn(batchId, workId)
  }
  const plan = (id: ImportBatchId, mapping: ImportMapping, dedupe: ImportDedupe = { rule: 'none' }) =>
    write((db) => planImport(db, { id, mapping, dedupe }))
  /** Uploads with the mapping that is suggested, and imports. */
  const imported = async (text: string, entity: ImportEntity = 'account', dedupe?: ImportDedupe) => {
    const batch = await upload(text, entity)
    await plan(batch.id, batch.mapping, dedupe)
    await done(batch.id, 'running')
    return desk.read.imports.byId(batch.id)
  }
  const rows = async (id: ImportBatchId, show: 'all' | 'errors' | 'kept' = 'all') =>
    (await desk.read.imports.rows({ id, show, limit: 200 })).rows
  return { upload, plan, turn, done, imported, rows }
}

async function* bytesOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as never)
  // In pieces that part characters.
  const length = bytes.length > 1_000 ? 65_537 : 7
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length)
}

/** All that an import writes but what it says about itself: history, and the version and time of what was changed. */
export async function everything({ database }: Desk): Promise<unknown[]> {
  const own = `- 'version' - 'updated_at' - 'updated_by'`
  const tables = [
    'accounts',
    'contacts',
    'contact_points',
    'contact_accounts',
    'leads',
    'catalog_items',
    'opportunities',
    'record_links',
  ]
  // Of kept sums what they come to: they grow by lines of less as well as of more.
  const cells = 'stage_id, currency, month, forecast_category, person_id'
  const sums = `select ${cells}, sum(count) as count, sum(amount_minor) as amount, sum(expected_minor) as expected
    from crm.opportunity_sums group by ${cells} having sum(count) <> 0`
  return await database.reader.db.execute(
    [...tables.map((table) => [table, `crm.${table}`]), ['sums', `(${sums})`]]
      .map(([name, rows]) => `select '${name}' as source, (to_jsonb(t) ${own})::text as row from ${rows} t`)
      .join(' union all ') + ' order by 1, 2',
  )
}
