import { statement } from '@tenantry/connections/statement'
import type { ImportEntity } from '@tenantry/contracts/imports'
import { getTableColumns, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { recordChanges } from '../record-changes/table.ts'
import type { Acting } from '../records/acting.ts'
import { withCustomApart } from '../records/custom.ts'
import { differences, type Fields } from '../records/diff.ts'
import { inOneTrip } from '../records/one-trip.ts'
import type { ImportedKind } from './imported-kind.ts'
import { forEachKind, importedKinds } from './kinds.ts'

export interface NewRecord {
  id: string
  fields: Fields
}

/**
 * Many records of one kind with their lines of history, in one round trip and one statement for each table: what the server
 * refuses of one it refuses of all. The values are those that `create` would have written.
 */
export async function insertRecords(
  { executor, actor }: Acting,
  entity: ImportEntity,
  { batchId, records }: { batchId: string; records: readonly NewRecord[] },
): Promise<void> {
  const { id: actorId, kind: actorKind, requestId } = actor
  const kind = importedKinds[entity]
  const rows = JSON.stringify(records.map((record) => rowOf(kind, record)))
  const lines = JSON.stringify(
    records.map(({ id, fields }) => ({ id, diff: differences({}, withCustomApart(fields)), version: 1 })),
  )
  const writes = records.map(({ id, fields }) => ({ id, fields, before: null }))
  await inOneTrip([
    executor.run(inserts[entity], { rows, batchId, actorId }),
    executor.run(insertLines, { lines, entity, action: 'created', actorId, actorKind, requestId }),
    ...(kind.writeParts?.({ executor, actor }, writes, batchId) ?? []),
  ])
}

type None = Record<string, never>
const actorId = sql`${sql.placeholder('actorId')}::uuid`
/** Asked once, and not once for each row. */
const tenant = sql`(select crm.current_tenant())`

const inserts = forEachKind((kind) => {
  const columns = sql.join(
    columnsOf(kind).map(({ column }) => sql.identifier(column)),
    sql`, `,
  )
  return statement<{ rows: string; batchId: string; actorId: string | null }, None>((db) =>
    db.execute(sql`insert into ${kind.table} (tenant_id, id, created_by, updated_by, import_batch_id, ${columns})
      select ${tenant}, id, ${actorId}, ${actorId}, ${sql.placeholder('batchId')}::uuid, ${columns}
      from jsonb_populate_recordset(null::${kind.table}, ${sql.placeholder('rows')}::jsonb)`),
  )
})

/** The row of a record by the names of its columns, as Postgres takes it apart. */
export function rowOf(kind: ImportedKind, { id, fields }: NewRecord): Record<string, unknown> {
  const row: Record<string, unknown> = { id }
  for (const { name, column } of columnsOf(kind)) row[column] = fields[name] ?? kind.initial[name] ?? null
  return row
}

export function columnsOf({ table, columns: names }: ImportedKind): { name: string; column: string }[] {
  const columns: Record<string, PgColumn> = getTableColumns(table)
  return names.flatMap((name) => {
    const column = columns[name]
    return column === undefined ? [] : [{ name, column: column.name }]
  })
}

/** Lines about records to all of which the same was done. */
export const insertLines = statement<
  {
    lines: string
    entity: ImportEntity
    action: string
    actorId: string | null
    actorKind: string
    requestId: string
  },
  None
>((db) =>
  db.execute(sql`insert into ${recordChanges}
      (tenant_id, entity, entity_id, action, diff, version_after, actor_id, actor_kind, request_id)
    select ${tenant}, ${sql.placeholder('entity')}, l.id, ${sql.placeholder('action')}, l.diff, l.version,
      ${actorId}, ${sql.placeholder('actorKind')}, ${sql.placeholder('requestId')}
    from jsonb_to_recordset(${sql.placeholder('lines')}::jsonb) as l(id uuid, diff jsonb, version int)`),
)
