import { statement } from '@tenantry/connections/statement'
import type { ImportEntity, ImportOutcome } from '@tenantry/contracts/imports'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { importRows } from '../import-rows/table.ts'
import { recordChanges } from '../record-changes/table.ts'
import type { Acting } from '../records/acting.ts'
import { writeChange } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import { insertLines } from './insert-records.ts'
import { importedKinds } from './kinds.ts'
import { isPointedAt } from './references.ts'
import type { SettledRow } from './settle.ts'

interface DoneRow {
  row: number
  outcome: ImportOutcome
  recordId: string
  before: SettledRow['before']
}

type Verdict = { row: number; outcome: 'reverted' | 'kept'; reason?: string }

/**
 * Takes back what the last `limit` rows before one have done: made records go for good, changed fields get their values back.
 * What somebody else has touched since, or points at, stays as it is and says why. From the end to the beginning, so that of
 * two rows that changed one record the later is taken back first.
 */
export async function revertRows(
  acting: Acting,
  { entity, batchId, before, limit }: { entity: ImportEntity; batchId: string; before: number; limit: number },
): Promise<SettledRow[]> {
  const { executor } = acting
  const [scope] = await executor.run(reachesAll, {})
  // Somebody who does not see who else points at a record would take it away from them.
  if (scope?.all !== true) throw new TenantryError('FORBIDDEN', { message: onlyAll })
  const rows = await executor.run(doneBefore, { batchId, before, limit })
  // A record that was made and then changed by the same file is given back first and removed afterwards.
  const verdicts: Verdict[] = []
  for (const done of rows.filter(({ outcome }) => outcome === 'updated')) {
    verdicts.push(await giveBack(acting, entity, done))
  }
  verdicts.push(
    ...(await removeRecords(
      acting,
      entity,
      rows.filter(({ outcome }) => outcome === 'created'),
    )),
  )
  const byRow = new Map(rows.map((done) => [done.row, done]))
  return verdicts.map(({ row, outcome, reason }) => ({
    row,
    outcome,
    recordId: byRow.get(row)?.recordId ?? null,
    errors: reason === undefined ? null : [{ column: null, field: null, message: reason }],
    before: byRow.get(row)?.before ?? null,
  }))
}

const onlyAll = 'Whoever reaches some records only cannot take back an import.'
const changedSince = 'Somebody has changed this record since.'
const usedSince = 'Something else points at this record.'

async function giveBack(acting: Acting, entity: ImportEntity, { row, recordId, before }: DoneRow): Promise<Verdict> {
  const { record } = importedKinds[entity]
  const { requestId } = acting.actor
  try {
    return await acting.executor.savepoint(async (executor) => {
      const now = await lockAndRead(executor, record, recordId)
      const [others] = await executor.run(changedByOthers, {
        entity,
        recordId,
        version: before?.version ?? 0,
        requestId,
      })
      if (others?.changed === true) return { row, outcome: 'kept', reason: changedSince }
      await writeChange({ ...acting, executor }, record, now, before?.fields ?? {}, { action: 'undone' })
      return { row, outcome: 'reverted' }
    })
  } catch (error) {
    if (!isTenantryError(error) || error.status >= 500) throw error
    return { row, outcome: 'kept', reason: error.message }
  }
}

async function removeRecords(acting: Acting, entity: ImportEntity, rows: readonly DoneRow[]): Promise<Verdict[]> {
  if (rows.length === 0) return []
  const { executor, actor } = acting
  const { id: actorId, kind: actorKind, requestId } = actor
  const removing = removals[entity]
  const ids = rows.map(({ recordId }) => recordId)
  // Asked once they are locked: from then on nothing new can point at them.
  await executor.run(removing.lock, { ids })
  const looked = new Map((await executor.run(removing.look, { ids, requestId })).map((found) => [found.id, found]))
  const verdicts = rows.map(({ row, recordId }): Verdict & { recordId: string } => {
    const found = looked.get(recordId)
    const reason = found?.changed === true ? changedSince : found?.used === true ? usedSince : undefined
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

const doneBefore = statement<{ batchId: string; before: number; limit: number }, DoneRow>((db) =>
  db.execute<{ row: number; outcome: ImportOutcome; recordId: string; before: SettledRow['before'] }>(sql`
    select row_no::int as row, outcome, record_id as "recordId", before from ${importRows}
    where batch_id = ${sql.placeholder('batchId')}::uuid and row_no < ${sql.placeholder('before')}::bigint
      and outcome in ('created', 'updated')
    order by row_no desc limit ${sql.placeholder('limit')}`),
)

/** Every change leaves its line, and the lines of an import carry its name. */
const byOthers = sql`c.request_id is distinct from ${sql.placeholder('requestId')}::text`

const changedByOthers = statement<
  { entity: string; recordId: string; version: number; requestId: string },
  { changed: boolean }
>((db) =>
  db.execute<{ changed: boolean }>(sql`
    select exists (select from ${recordChanges} c where c.entity = ${sql.placeholder('entity')} and c.entity_id = l.entity_id
        and c.id > l.id and ${byOthers}) as changed
    from ${recordChanges} l where l.entity = ${sql.placeholder('entity')}
      and l.entity_id = ${sql.placeholder('recordId')}::uuid and l.version_after = ${sql.placeholder('version')}::int`),
)

const removals = {
  account: removalsOf('account'),
  contact: removalsOf('contact'),
  lead: removalsOf('lead'),
  catalog_item: removalsOf('catalog_item'),
}

function removalsOf(entity: ImportEntity) {
  const kind = importedKinds[entity]
  const these = sql`t.id = any (${sql.placeholder('ids')}::uuid[])`
  type Looked = { id: string; changed: boolean; used: boolean }
  return {
    lock: statement<{ ids: string[] }, never>((db) =>
      db.execute(sql`select from ${kind.table} t where ${these} order by t.id for update`),
    ),
    look: statement<{ ids: string[]; requestId: string }, Looked>((db) =>
      db.execute<Looked>(sql`
        select t.id, exists (select from ${recordChanges} c where c.entity = ${entity} and c.entity_id = t.id
          and ${byOthers}) as changed, ${isPointedAt(kind)} as used
        from ${kind.table} t where ${these}`),
    ),
    remove: statement<{ ids: string[] }, never>((db) => db.execute(sql`delete from ${kind.table} t where ${these}`)),
  }
}
