import { sql, type SQL } from 'drizzle-orm'

/** A number as it stands in the text of a statement, for what its plan depends on. */
export function literal(value: number): SQL {
  return sql`${value}`.inlineParams()
}
