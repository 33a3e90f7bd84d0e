import { statement } from '@tenantry/connections/statement'
import type { ImportEntity, ImportOutcome } from '@tenantry/contracts/imports'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { importRows } from '../import-rows/table.ts'
import type { Acting } from '../records/acting.ts'
import { giveBack } from './give-back.ts'
import { insertLines } from './insert-records.ts'
import { forEachKind } from './kinds.ts'
import { isPointedAt } from './references.ts'
import type { SettledRow } from './settle.ts'
import { touchedSince } from './touched-since.ts'

/** A row that has made a record, or changed one. */
export interface DoneRow {
  row: number
  outcome: ImportOutcome
  recordId: string
  before: SettledRow['before']
  /** Whether it was kept when the import was taken back before. */
  wasKept: boolean
}

export interface RevertedRows {
  rows: SettledRow[]
  /** How many of them had been kept. */
  keptBefore: number
}

export type Verdict = { row: number; outcome: 'reverted' | 'kept'; reason?: string }

/**
 * Takes back what the last `limit` rows before one have done: made records go for good, changed fields get their values back.
 * What somebody else has touched since, or points at, stays as it is and says why. From the end to the beginning, so that of
 * two rows that changed one record the later is taken back first.
 */
export async function revertRows(
  acting: Acting,
  { entity, batchId, before, limit }: { entity: ImportEntity; batchId: string; before: number; limit: number },
): Promise<RevertedRows> {
  const { executor } = acting
  const [scope] = await executor.run(reachesAll, {})
  // Somebody who does not see who else points at a record would take it away from them.
  if (scope?.all !== true) throw new TenantryError('FORBIDDEN', { message: onlyAll })
  const rows = await executor.run(doneBefore, { batchId, before, limit })
  // A record that was made and then changed by the same file is given back first and removed afterwards.
  const having = (outcome: ImportOutcome) => rows.filter((done) => done.outcome === outcome)
  const given = await giveBack(acting, { entity, batchId }, having('updated'))
  const verdicts = [...given, ...(await removeRecords(acting, entity, having('created')))]
  const byRow = new Map(rows.map((done) => [done.row, done]))
  const settled = verdicts.map(({ row, outcome, reason }) => ({
    row,
    outcome,
    recordId: byRow.get(row)?.recordId ?? null,
    errors: reason === undefined ? null : [{ column: null, field: null, message: reason }],
    before: byRow.get(row)?.before ?? null,
  }))
  return { rows: settled, keptBefore: rows.filter(({ wasKept }) => wasKept).length }
}

const onlyAll = 'Whoever reaches some records only cannot take back an import.'
const usedSince = 'Something else points at this record.'

async function removeRecords(acting: Acting, entity: ImportEntity, rows: readonly DoneRow[]): Promise<Verdict[]> {
  if (rows.length === 0) return []
  const { executor, actor } = acting
  const { id: actorId, kind: actorKind, requestId } = actor
  const removing = removals[entity]
  const ids = rows.map(({ recordId }) => recordId)
  // Asked once they are locked: from then on nothing new can point at them.
  await executor.run(removing.lock, { ids })
  const looked = new Map((await executor.run(removing.look, { ids })).map((found) => [found.id, found]))
  const records = [...looked.keys()].map((id) => ({ id, version: 0 }))
  const touched = await touchedSince(executor, entity, { records, requestId })
  const verdicts = rows.map(({ row, recordId }): Verdict & { recordId: string } => {
    const reason = touched.get(recordId) ?? (looked.get(recordId)?.used === true ? usedSince : undefined)
    return reason === undefined ? { row, recordId, outcome: 'reverted' } : { row, recordId, outcome: 'kept', reason }
  })
  const gone = verdicts.filter(({ outcome }) => outcome === 'reverted').map(({ recordId }) => recordId)
  const lines = JSON.stringify(gone.filter((id) => looked.has(id)).map((id) => ({ id, diff: {}, version: null })))
  await executor.run(removing.remove, { ids: gone })
  await executor.run(insertLines, { lines, entity, action: 'deleted', actorId, actorKind, requestId })
  return verdicts
}

const reachesAll = statement<Record<string, never>, { all: boolean }>((db) =>
  db.execute<{ all: boolean }>(sql`select nullif(current_setting('tenantry.access', true), '') is null as all`),
)

/** A row that was kept has made its record where it remembers no fields of it from before. */
const doneBefore = statement<{ batchId: string; before: number; limit: number }, DoneRow>((db) =>
  db.execute<DoneRow & Record<string, unknown>>(sql`
    select row_no::int as row, record_id as "recordId", before, outcome = 'kept' as "wasKept",
      case when outcome <> 'kept' then outcome when before is null then 'created' else 'updated' end as outcome
    from ${importRows}
    where batch_id = ${sql.placeholder('batchId')}::uuid and row_no < ${sql.placeholder('before')}::bigint
      and outcome in ('created', 'updated', 'kept')
    order by row_no desc limit ${sql.placeholder('limit')}`),
)

const removals = forEachKind((kind) => {
  const these = sql`t.id = any (${sql.placeholder('ids')}::uuid[])`
  return {
    lock: statement<{ ids: string[] }, never>((db) =>
      db.execute(sql`select from ${kind.table} t where ${these} order by t.id for update`),
    ),
    look: statement<{ ids: string[] }, { id: string; used: boolean }>((db) =>
      db.execute<{ id: string; used: boolean }>(
        sql`select t.id, ${isPointedAt(kind)} as used from ${kind.table} t where ${these}`,
      ),
    ),
    remove: statement<{ ids: string[] }, never>((db) => db.execute(sql`delete from ${kind.table} t where ${these}`)),
  }
})
