import { statement, type Statement } from '@tenantry/connections/statement'
import type { ImportEntity } from '@tenantry/contracts/imports'
import { getTableColumns, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { contactAccounts } from '../contact-accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import { normalise, type AccountLink, type Point } from '../contacts/reach.ts'
import { recordChanges } from '../record-changes/table.ts'
import type { Acting } from '../records/acting.ts'
import { assertOnce } from '../records/assert-once.ts'
import { withCustomApart } from '../records/custom.ts'
import { differences, type Fields } from '../records/diff.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { importedKinds, type ImportedKind } from './kinds.ts'

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
  await inOneTrip([
    executor.run(inserts[entity], { rows, batchId, actorId }),
    executor.run(insertLines, { lines, entity, action: 'created', actorId, actorKind, requestId }),
    ...(entity === 'contact' ? insertReach({ executor, actor }, batchId, records) : []),
  ])
}

/** Addresses and companies that contacts have not had, as `contactFields` gives such lists their form. */
export function insertReach({ executor, actor }: Acting, batchId: string, records: readonly NewRecord[]) {
  const points = records.flatMap(({ id, fields: { points: list = [] } }) =>
    (list as Point[]).map((point) => ({ ...point, id, norm: normalise(point) })),
  )
  assertOnce(
    points.map(({ id, kind, norm }) => `${id} ${kind} ${norm}`),
    { field: 'points', message: 'The same address is listed twice.' },
  )
  const links = records.flatMap(({ id, fields: { accounts: list = [] } }) =>
    (list as AccountLink[]).map((link) => ({ ...link, id })),
  )
  return [
    points.length > 0 && executor.run(insertPoints, { points: JSON.stringify(points) }),
    links.length > 0 && executor.run(insertLinks, { links: JSON.stringify(links), batchId, actorId: actor.id }),
  ]
}

type None = Record<string, never>
const actorId = sql`${sql.placeholder('actorId')}::uuid`
/** Asked once, and not once for each row. */
const tenant = sql`(select crm.current_tenant())`

const inserts: Record<ImportEntity, ReturnType<typeof insertInto>> = {
  account: insertInto(importedKinds.account),
  contact: insertInto(importedKinds.contact),
  lead: insertInto(importedKinds.lead),
  catalog_item: insertInto(importedKinds.catalog_item),
}

function insertInto(kind: ImportedKind): Statement<{ rows: string; batchId: string; actorId: string | null }, None> {
  const { table } = kind
  const columns = sql.join(
    columnsOf(kind).map(({ column }) => sql.identifier(column)),
    sql`, `,
  )
  return statement((db) =>
    db.execute(sql`insert into ${table} (tenant_id, id, created_by, updated_by, import_batch_id, ${columns})
      select ${tenant}, id, ${actorId}, ${actorId}, ${sql.placeholder('batchId')}::uuid, ${columns}
      from jsonb_populate_recordset(null::${table}, ${sql.placeholder('rows')}::jsonb)`),
  )
}

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

const insertPoints = statement<{ points: string }, None>((db) =>
  db.execute(sql`insert into ${contactPoints} (tenant_id, contact_id, kind, value, value_norm, label, is_primary)
    select ${tenant}, p.id, p.kind, p.value, p.norm, p.label, p."isPrimary"
    from jsonb_to_recordset(${sql.placeholder('points')}::jsonb)
      as p(id uuid, kind text, value text, norm text, label text, "isPrimary" boolean)`),
)

const insertLinks = statement<{ links: string; batchId: string; actorId: string | null }, None>((db) =>
  db.execute(sql`insert into ${contactAccounts}
      (tenant_id, contact_id, account_id, role, is_primary, created_by, updated_by, import_batch_id)
    select ${tenant}, l.id, l."accountId", l.role, l."isPrimary", ${actorId}, ${actorId}, ${sql.placeholder('batchId')}::uuid
    from jsonb_to_recordset(${sql.placeholder('links')}::jsonb)
      as l(id uuid, "accountId" uuid, role text, "isPrimary" boolean)`),
)
