import { sql, type Placeholder, type SQL } from 'drizzle-orm'

/** One thing a list can be narrowed by. */
export interface Filter<Query> {
  /** What the query asks for; undefined when it does not ask. */
  of(query: Query): unknown
  where(value: Placeholder): SQL
}

/**
 * The filters a query asks for. A condition that is not asked for is not in the SQL (`$1 is null or …` would cost every
 * list its index), so each combination is a text of its own: `shape` names it.
 */
export interface Asked<Query> {
  shape: string
  filters: readonly [name: string, filter: Filter<Query>][]
  parameters: Record<string, unknown>
}

export function askedFilters<Query>(filters: Record<string, Filter<Query>>, query: Query): Asked<Query> {
  const asked: [string, Filter<Query>][] = []
  const parameters: Record<string, unknown> = {}
  for (const [name, filter] of Object.entries(filters)) {
    const value = filter.of(query)
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue
    asked.push([name, filter])
    parameters[name] = value
  }
  return { shape: asked.map(([name]) => name).join(), filters: asked, parameters }
}

export function conditionsOf<Query>(asked: Asked<Query>): SQL[] {
  return asked.filters.map(([name, filter]) => filter.where(sql.placeholder(name)))
}

/** A pattern for ILIKE that finds the text anywhere, with `%` and `_` meaning themselves; undefined for no text. */
export function containing(text: string | undefined): string | undefined {
  return text ? `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : undefined
}
