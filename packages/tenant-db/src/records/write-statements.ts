import type { LeasedDrizzle } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { lineOfHistory } from './history.ts'
import type { RecordTable } from './record-table.ts'

type WriteStatement<Row> = Statement<Record<string, unknown>, Row>
type Columns = Record<string, PgColumn | SQL>

/**
 * INSERT of a record with its line of history. Parameters: each field, `id`, those of the line, and `requiresCustom` where
 * `custom` is a field. The database fills in
 * tenant, times and version. `returned` are the columns of a record; a record that is more than its row is read by a
 * statement of its own.
 */
export function insertOf<Row>(table: RecordTable, fields: readonly string[], returned?: Columns): WriteStatement<Row> {
  return statement((db) => {
    const insert = db.with(lineOfHistory(db)).insert(table).values(insertedValues(table, fields))
    return rowsOf<Row>(returned === undefined ? insert : insert.returning(returned))
  })
}

/**
 * UPDATE of a record that is locked and read, with its line of history. Parameters: each field, `archivedAt`, `deletedAt`,
 * `id`, and those of the line. It writes every field: one text and one plan, instead of one per combination of changed
 * fields.
 */
export function updateOf<Row>(table: RecordTable, fields: readonly string[], returned?: Columns): WriteStatement<Row> {
  return statement((db) => {
    const update = updateWithLine(db, table, fields)
    return rowsOf<Row>(returned === undefined ? update : update.returning(returned))
  })
}

function updateWithLine(db: LeasedDrizzle, table: RecordTable, fields: readonly string[]) {
  const deletedBy = sql`case when ${sql.placeholder('deletedAt')}::timestamptz is not null then coalesce(${table.deletedBy}, ${actorId}::uuid) end`
  const values = {
    ...placeholders([...fields, 'archivedAt', 'deletedAt']),
    deletedBy,
    version: sql`${table.version} + 1`,
    updatedAt: sql`now()`,
    updatedBy: actorId,
  }
  return db
    .with(lineOfHistory(db))
    .update(table)
    .set(values as never)
    .where(sql`${table.id} = ${sql.placeholder('id')}`)
}

const actorId = sql.placeholder('actorId')

function insertedValues(table: RecordTable, fields: readonly string[]): never {
  const custom = fields.includes('custom') ? { custom: insertedCustom(table) } : {}
  return { ...placeholders(['id', ...fields]), ...custom, createdBy: actorId, updatedBy: actorId } as never
}

/**
 * With the values goes the wish to be asked for required ones, which the trigger of the table reads; it ends with the
 * transaction. A database that has no such trigger yet ignores it.
 */
function insertedCustom(table: RecordTable): SQL {
  const wish = sql`set_config('tenantry.requires_custom', ${sql.placeholder('requiresCustom')}::text, true)`
  const values = sql.param(sql.placeholder('custom'), getTableColumns(table)['custom'])
  return sql`case when ${wish} is not null then ${values}::jsonb end`
}

function placeholders(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]))
}

/** The caller names the row that the columns it asks for make up; without RETURNING there is none. */
function rowsOf<Row>(query: PromiseLike<unknown>): PromiseLike<Row[]> {
  return query as PromiseLike<Row[]>
}
