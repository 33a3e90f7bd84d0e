import { sql, type Placeholder, type SQL } from 'drizzle-orm'

/** A number or a word of ours as it stands in the text of a statement, for what its plan depends on. */
export function literal(value: number | string): SQL {
  return sql`${value}`.inlineParams()
}

/** Drizzle takes SQL for a limit too, which its types leave out. */
export function literalLimit(rows: number): Placeholder {
  return literal(rows) as unknown as Placeholder
}
