import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { ImportEntity } from '@tenantry/contracts/imports'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import { withCustomTogether } from '../records/custom.ts'
import { valuesAfter, type Diff } from '../records/diff.ts'
import { found } from '../records/found.ts'
import type { ChangeAction } from '../records/history.ts'
import { inOneTrip } from '../records/one-trip.ts'
import type { RecordRow } from '../records/record-kind.ts'
import type { ImportedKind } from './imported-kind.ts'
import { columnsOf, insertLines, rowOf } from './insert-records.ts'
import { forEachKind, importedKinds } from './kinds.ts'

/** A record that is locked, and what really changes of it. */
export interface Change {
  before: RecordRow
  diff: Diff
}

/** Records that nobody else changes before the transaction ends. */
export interface ReadRecords {
  /** Throws NOT_FOUND, and FORBIDDEN for one that its reader may see and not change. */
  changeable(id: string): RecordRow
}

/** Locks and then reads, as `lockAndRead` does one record, and in one round trip. */
export async function lockAndReadAll(executor: Executor, entity: ImportEntity, ids: string[]): Promise<ReadRecords> {
  const [locked, rows] = await inOneTrip([
    executor.run(locks[entity], { ids }),
    executor.run(importedKinds[entity].byIds, { ids }),
  ])
  const changeable = new Set(locked.map(({ id }) => id))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    changeable(id) {
      const row = found(byId.get(id))
      if (!changeable.has(id)) throw new TenantryError('FORBIDDEN')
      return row
    },
  }
}

/** Writes changes of records, each named once, with their lines of history: one statement for each table. */
export async function writeChanges(
  { executor, actor }: Acting,
  entity: ImportEntity,
  { batchId, changes, action }: { batchId: string; changes: readonly Change[]; action: ChangeAction },
): Promise<void> {
  if (changes.length === 0) return
  const { id: actorId, kind: actorKind, requestId } = actor
  const kind = importedKinds[entity]
  const rows = JSON.stringify(changes.map((change) => written(kind, change)))
  const lines = JSON.stringify(changes.map(({ before: { id, version }, diff }) => ({ id, diff, version: version + 1 })))
  const writes = changes.map(({ before, diff }) => ({ id: before.id, before, fields: valuesAfter(diff) }))
  await inOneTrip([
    executor.run(updates[entity], { rows, actorId }),
    executor.run(insertLines, { lines, entity, action, actorId, actorKind, requestId }),
    ...(kind.writeParts?.({ executor, actor }, writes, batchId) ?? []),
  ])
}

/** Every column of the row, as it is from now on. */
function written(kind: ImportedKind, { before, diff }: Change): Record<string, unknown> {
  const changes = withCustomTogether(valuesAfter(diff), before.custom)
  return rowOf(kind, { id: before.id, fields: { ...before, ...changes } })
}

/** In one order, so that two imports do not wait for each other. Locking asks the policy for changes. */
const locks = forEachKind(({ table }) =>
  statement<{ ids: string[] }, { id: string }>((db) =>
    db.execute<{ id: string }>(sql`select t.id from ${table} t
      where t.id = any (${sql.placeholder('ids')}::uuid[]) order by t.id for no key update`),
  ),
)

const updates = forEachKind((kind) => {
  const columns = columnsOf(kind).map(({ column }) => sql`${sql.identifier(column)} = r.${sql.identifier(column)}`)
  return statement<{ rows: string; actorId: string | null }, never>((db) =>
    db.execute(sql`update ${kind.table} t set version = t.version + 1, updated_at = now(),
        updated_by = ${sql.placeholder('actorId')}::uuid, ${sql.join(columns, sql`, `)}
      from jsonb_populate_recordset(null::${kind.table}, ${sql.placeholder('rows')}::jsonb) r where t.id = r.id`),
  )
})
