import { sql, type Placeholder, type SQL } from 'drizzle-orm'

/** One thing a list can be narrowed by. */
export interface Filter<Query> {
  /** What the query asks for; undefined when it does not ask. */
  of(query: Query): unknown
  where(value: Placeholder): SQL
}

/**
 * A filter that a query asks for. A condition that is not asked for is not in the SQL (`$1 is null or …` would cost every
 * list its index), so each combination is a text of its own, and the names of its filters name it.
 */
export interface Asked {
  name: string
  value: unknown
  condition: SQL
}

export function askedFilters<Query>(filters: Record<string, Filter<Query>>, query: Query): Asked[] {
  const asked: Asked[] = []
  for (const [name, filter] of Object.entries(filters)) {
    const value = filter.of(query)
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue
    asked.push({ name, value, condition: filter.where(sql.placeholder(name)) })
  }
  return asked
}

export function shapeOf(asked: readonly Asked[]): string {
  return asked.map(({ name }) => name).join()
}

export function parametersOf(asked: readonly Asked[]): Record<string, unknown> {
  return Object.fromEntries(asked.map(({ name, value }) => [name, value]))
}

export function conditionsOf(asked: readonly Asked[]): SQL[] {
  return asked.map(({ condition }) => condition)
}

/** A pattern for LIKE that finds the text anywhere, with `%` and `_` meaning themselves; undefined for no text. */
export function containing(text: string | undefined): string | undefined {
  const sought = text === undefined ? '' : withoutZeroBytes(text)
  return sought ? `%${sought.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined
}

/** No stored text holds a zero byte, and Postgres refuses to be asked for one. */
export function withoutZeroBytes(text: string): string {
  return text.replaceAll('\0', '')
}
