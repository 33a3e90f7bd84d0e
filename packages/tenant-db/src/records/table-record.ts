import type { LeasedDrizzle } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { SQL } from 'drizzle-orm'
import type { Acting } from './acting.ts'
import { asFields, type Fields } from './diff.ts'
import { found } from './found.ts'
import { lineParameters } from './history.ts'
import { lockOf } from './lock.ts'
import { inOneTrip } from './one-trip.ts'
import { asRows, type Plain } from './plain.ts'
import type { RecordKind, RecordRow } from './record-kind.ts'
import { withId, type RecordTable } from './record-table.ts'
import type { Refusals } from './refusal.ts'
import { insertOf, updateOf } from './write-statements.ts'

export interface TableRecord<Row> {
  /** Its word in the history. */
  entity: string
  table: RecordTable
  /** Every column that an input or a rule of the record writes, by its name in the contract. */
  fields: readonly string[]
  /** What a new record has in fields that its input leaves out; null otherwise. */
  initial?: Fields
  /** Rows as the contract shows them, up to WHERE. */
  select(db: LeasedDrizzle): { where(where: SQL): PromiseLike<readonly Plain<Row>[]> }
  refusals: Refusals
  /** A row's fields in the form in which inputs and history write them, where that is not the row itself. */
  fieldsOf?: (row: Row) => Fields
  /** Writes what of the record is not in its row. Gets what changes, and everything of a new record. */
  writeParts?: (acting: Acting, id: string, changes: Fields) => Promise<void>
}

/** A kind of record that is one row of one table, perhaps with parts. Written and read back in one round trip. */
export function tableRecord<Row extends RecordRow>(given: TableRecord<Row>): RecordKind<Row> {
  const { entity, table, fields, initial, select, refusals, fieldsOf = asFields, writeParts = nothing } = given
  const empty: Fields = { ...Object.fromEntries(fields.map((field) => [field, null])), ...initial }
  const insert = insertOf(table, fields)
  const update = updateOf(table, fields)
  const byId = statement<{ id: string }, Row>((db) => asRows<Row>(select(db).where(withId(table))))
  return {
    entity,
    byId,
    lock: lockOf(table),
    fieldsOf,
    refusals,
    async insert(acting, entry, input) {
      const id = entry.entityId
      const [, , [row]] = await inOneTrip([
        acting.executor.run(insert, { ...empty, ...input, id, ...lineParameters(acting, entry) }),
        writeParts(acting, id, input),
        acting.executor.run(byId, { id }),
      ])
      return found(row)
    },
    async update(acting, entry, { before, changes }) {
      const [, , [row]] = await inOneTrip([
        acting.executor.run(update, { ...before, ...changes, ...lineParameters(acting, entry) }),
        writeParts(acting, before.id, changes),
        acting.executor.run(byId, { id: before.id }),
      ])
      return found(row)
    },
  }
}

function nothing(): Promise<void> {
  return Promise.resolve()
}
