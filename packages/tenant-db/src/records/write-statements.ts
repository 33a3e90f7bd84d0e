import { statement, type Statement } from '@tenantry/connections/statement'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { RecordTable } from './record-table.ts'

type WriteStatement<Row> = Statement<Record<string, unknown>, Row>

/**
 * INSERT of a record, with a parameter for each field, `id` and `actorId`. The database fills in tenant, times and version.
 * `returned` are the columns of a record; a record that is more than its row is read by a statement of its own.
 */
export function insertOf<Row>(
  table: RecordTable,
  fields: readonly string[],
  returned?: Record<string, PgColumn | SQL>,
): WriteStatement<Row> {
  const actorId = sql.placeholder('actorId')
  const values = { ...placeholders(['id', ...fields]), createdBy: actorId, updatedBy: actorId }
  return statement((db) => {
    const insert = db.insert(table).values(values as never)
    return rowsOf<Row>(returned === undefined ? insert : insert.returning(returned))
  })
}

/**
 * UPDATE of a record that is locked and read, with a parameter for each field, `archivedAt`, `deletedAt`, `id` and
 * `actorId`. It writes every field: one text and one plan, instead of one per combination of changed fields.
 */
export function updateOf<Row>(
  table: RecordTable,
  fields: readonly string[],
  returned?: Record<string, PgColumn | SQL>,
): WriteStatement<Row> {
  const actorId = sql.placeholder('actorId')
  const deletedBy = sql`case when ${sql.placeholder('deletedAt')}::timestamptz is not null then coalesce(${table.deletedBy}, ${actorId}::uuid) end`
  const values = {
    ...placeholders([...fields, 'archivedAt', 'deletedAt']),
    deletedBy,
    version: sql`${table.version} + 1`,
    updatedAt: sql`now()`,
    updatedBy: actorId,
  }
  return statement((db) => {
    const update = db
      .update(table)
      .set(values as never)
      .where(sql`${table.id} = ${sql.placeholder('id')}`)
    return rowsOf<Row>(returned === undefined ? update : update.returning(returned))
  })
}

function placeholders(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]))
}

/** The caller names the row that the columns it asks for make up; without RETURNING there is none. */
function rowsOf<Row>(query: PromiseLike<unknown>): PromiseLike<Row[]> {
  return query as PromiseLike<Row[]>
}
