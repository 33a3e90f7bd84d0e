import type { TransferTable } from '@tenantry/tenant-db/transfer'
import type { LegacyTable } from '../legacy/columns.ts'
import type { Expression } from './table-move.ts'

/** Rows of one target table, as a query over the old tables that gives them in their new form. */
export interface Entry {
  /** `accounts`, `contacts → contact_points 2`. */
  name: string
  /** Whose change changes it; undefined for what follows from many rows at once. */
  source: LegacyTable | undefined
  target: TransferTable
  columns: EntryColumn[]
  /** What makes a row one row, of `columns`. */
  key: string[]
  /** Everything behind `select …`; ends in a condition, so that ` and …` may follow. */
  from: string
  /** The same in the order of the source rows' ids, of those behind one; undefined where there are no such. */
  fromAfter: ((lastId: string | undefined) => string) | undefined
  /** The id of the source row, for keys and for going on after one; undefined when there is no such. */
  sourceId: Expression | undefined
  /** The id of the target row, of a row `changed (id)`, for taking away what is not there any more. */
  keyOfChanged: Expression | undefined
  /** The first part of its source: the row itself. */
  isRow: boolean
  /** Which rows of the target are of it, where others may stand beside them. */
  targetWhere?: string
}

/** Of the rows of the target, by its key. */
export function keyText({ key }: Entry, alias: string): Expression {
  return key.map((name) => `${alias}.${quoted(name)}::text`).join(` || ' ' || `)
}

/** The part of the key that is a UUID. */
export function keyUuid({ key }: Entry, alias: string): Expression {
  return `${alias}.${quoted(key.includes('id') ? 'id' : 'source_id')}`
}

export interface EntryColumn {
  name: string
  /** As Postgres names it. */
  type: string
  sql: Expression
}

/** What both sides hash and compare: texts byte by byte, also where the column compares without regard to case. */
export function comparable({ type }: EntryColumn, sql: Expression): Expression {
  return /^(citext|text|char|name)/.test(type) ? `(${sql})::text` : sql
}

export const quoted = (name: string): string => `"${name}"`
