import { statement, type Statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import type { RecordTable } from './record-table.ts'

export type WriteStatement = Statement<Record<string, unknown>, never>

/** INSERT of a record, with a parameter for each field, `id` and `actorId`. The database fills in tenant, times and version. */
export function insertOf(table: RecordTable, fields: readonly string[]): WriteStatement {
  const actorId = sql.placeholder('actorId')
  return statement((db) =>
    withoutRows(
      db.insert(table).values({ ...placeholders(['id', ...fields]), createdBy: actorId, updatedBy: actorId } as never),
    ),
  )
}

/**
 * UPDATE of a record that is locked and read, with a parameter for each field, `archivedAt`, `deletedAt`, `id` and
 * `actorId`. It writes every field: one text and one plan, instead of one per combination of changed fields.
 */
export function updateOf(table: RecordTable, fields: readonly string[]): WriteStatement {
  const actorId = sql.placeholder('actorId')
  const deletedBy = sql`case when ${sql.placeholder('deletedAt')}::timestamptz is not null then coalesce(${table.deletedBy}, ${actorId}::uuid) end`
  return statement((db) =>
    withoutRows(
      db
        .update(table)
        .set({
          ...placeholders([...fields, 'archivedAt', 'deletedAt']),
          deletedBy,
          version: sql`${table.version} + 1`,
          updatedAt: sql`now()`,
          updatedBy: actorId,
        } as never)
        .where(sql`${table.id} = ${sql.placeholder('id')}`),
    ),
  )
}

function placeholders(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]))
}

/** A write without RETURNING answers with no rows, whatever Drizzle's types call the answer. */
export function withoutRows(query: PromiseLike<unknown>): PromiseLike<never[]> {
  return query as PromiseLike<never[]>
}
