import type { TransferColumn, TransferTable } from '@tenantry/tenant-db/transfer'
import type { LegacyColumn, LegacyTable } from '../legacy/columns.ts'

/**
 * What becomes of a column of the old tables. A column without a decision does not typecheck; one that the old database
 * has and `legacyTables` does not stops the plan.
 */
export type Decision =
  | { kind: 'copied'; to: string }
  | { kind: 'converted'; to: string[]; how: string }
  | { kind: 'dropped'; why: string }

export const copied = (to: string): Decision => ({ kind: 'copied', to })
export const converted = (how: string, ...to: string[]): Decision => ({ kind: 'converted', to, how })
export const dropped = (why: string): Decision => ({ kind: 'dropped', why })

/** SQL over one row of the old table, which is called by the table's own name. */
export type Expression = string

export interface Value {
  sql: Expression
  /** The value of `column` is noted in quarantine when it is there and nothing has become of it. */
  lost?: { column: string; reason: string; when?: Expression }
}

/** Rows of one target table made from the rows of one source table: at most one each. */
export interface Part<T extends TransferTable = TransferTable> {
  target: T
  /** The id of the row in its new table; without it, the id it had. */
  key?: Expression
  /** Only rows for which this holds. */
  when?: Expression
  values: Partial<Record<Exclude<TransferColumn<T>, 'id'>, Value | Expression>>
}

/** Why a row cannot be moved in. The first that holds is the reason that is told. */
export interface Reject {
  reason: string
  when: Expression
}

/** Where else a change of a row has to be felt. */
export interface Kinship {
  /** Rows of this table … */
  table: LegacyTable
  /** … whose column … */
  column: string
  /** … equals this column of the changed row, before or after the change. */
  of: string
}

export interface TableMove<T extends LegacyTable = LegacyTable> {
  source: T
  decisions: Record<LegacyColumn<T>, Decision>
  rejects: Reject[]
  /** Worked out once for each row, for parts that need it more than once; they call it `prepared.<name>`. */
  prepared?: Record<string, Expression>
  /** The first part is the row itself. */
  parts: [AnyPart, ...AnyPart[]]
  /** Columns that point at rows of other tables. */
  references: { column: LegacyColumn<T>; to: LegacyTable }[]
  kin?: Kinship[]
}

/** A part of whichever table. */
export type AnyPart = { [T in TransferTable]: Part<T> }[TransferTable]
export type AnyMove = { [T in LegacyTable]: TableMove<T> }[LegacyTable]
