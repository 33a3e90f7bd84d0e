import type { Executor } from '@tenantry/connections/database'
import type { Statement } from '@tenantry/connections/statement'
import type { ImportKey } from '@tenantry/contracts/imports'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import type { RecordKind, RecordRow } from '../records/record-kind.ts'
import type { RecordTable } from '../records/record-table.ts'

/** What an import has to know of a kind of record. */
export interface ImportedKind {
  record: RecordKind<RecordRow>
  /** The records of these ids that there are, as `record.byId` gives each. */
  byIds: Statement<{ ids: string[] }, RecordRow>
  table: RecordTable
  /** Its own columns, by their names in the contract. */
  columns: readonly string[]
  /** What a new one has in columns that its input leaves out; null otherwise. */
  initial: Fields
  /** Asked once for many inputs, and before any record is locked: what else they depend on is locked and read here. */
  prepare(executor: Executor, inputs: readonly object[]): Promise<Prepared>
  /** By which keys a record is known, and where they are looked for among the records outside the bin. */
  matches: Partial<Record<ImportKey, (keys: SQL) => SQL>>
  /** Tables that hold parts of the record and go with it. */
  parts: readonly PgTable[]
  /** Writes those parts, behind the rows of the records. */
  writeParts?(acting: Acting, writes: readonly RecordWrite[], batchId: string): readonly unknown[]
}

export interface Prepared {
  /** The fields that an input gives, as they are written and remembered; `before` is null for a new record. */
  fieldsOf(input: object, before: RecordRow | null): Fields
  /** Throws RULE_VIOLATED for a change that the record does not allow in the state it is in. */
  assertMayChange?(before: RecordRow, changes: Fields): void
}

/** A new record, where `before` is null, or one that was changed: its fields as they are from now on, all or those alone. */
export interface RecordWrite {
  id: string
  before: RecordRow | null
  fields: Fields
}

export const live = sql`deleted_at is null`

/** Rows of a key and the id of the record that has it. */
export function among(column: PgColumn) {
  return (keys: SQL) =>
    sql`select ${column} as key, id from ${column.table} where ${column} = ${texts(keys)} and ${live}`
}

export function byEmail(table: PgTable) {
  return (keys: SQL) =>
    sql`select lower(email::text) as key, id from ${table} where email = any (${keys}::citext[]) and ${live}`
}

export function texts(keys: SQL): SQL {
  return sql`any (${keys}::text[])`
}

export function withIds(table: RecordTable): SQL {
  return sql`${table.id} = any (${sql.placeholder('ids')}::uuid[])`
}

/** Rows of a kind are only ever given back to that kind. */
export function anyRows(query: PromiseLike<unknown>): PromiseLike<RecordRow[]> {
  return query as PromiseLike<RecordRow[]>
}

/** The same of what is known about the kind. */
export function anyRecord<Row extends RecordRow>(record: RecordKind<Row>): RecordKind<RecordRow> {
  return record as unknown as RecordKind<RecordRow>
}
