import type { LegacyTable } from '../legacy/columns.ts'
import type { Company } from './company.ts'
import type { Expression, Value } from './table-move.ts'

/** What the file of a table is given. */
export interface Given {
  company: Company
  /** The id is one of a row of that table which is moved in itself. */
  isMoved(table: LegacyTable, id: Expression): Expression
}

/** A column that may point at nothing: the row is moved in without the pointer, which is noted. */
export function pointer({ isMoved }: Given, table: LegacyTable, column: string, to: LegacyTable): Value {
  const id = `${table}.${column}`
  return {
    sql: `(case when ${id} is not null and ${isMoved(to, id)} then ${id} end)`,
    lost: { column, reason: `points at a row of ${to} that does not exist or was not moved in` },
  }
}
