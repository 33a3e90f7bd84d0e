import { sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Filter } from './filter.ts'
import type { RecordTable } from './record-table.ts'

/** What a filter asks of a row. */
export type Comparison = (value: Placeholder) => SQL

/** A filter whose SQL depends on more than whether it is asked for. */
type Own<Query> = Filter<Query>

/** Custom fields and what a row is about are asked in ways of their own. */
type Compared<Query extends { filters: object }> = Exclude<keyof Query['filters'], 'custom' | 'about'>

/**
 * The filters of a list as its contract names them, each with what it asks of a row. One that the contract has and the list has
 * not does not compile.
 */
export function comparing<Query extends { filters: object }>(
  comparisons: Record<Compared<Query>, Comparison | Own<Query>>,
): Record<string, Filter<Query>> {
  const named = Object.entries<Comparison | Own<Query>>(comparisons)
  return Object.fromEntries(
    named.map(([name, where]) => [name, typeof where === 'function' ? { of: valueOf(name), where } : where]),
  )
}

function valueOf<Query extends { filters: object }>(name: string) {
  return ({ filters }: Query): unknown => (filters as Record<string, unknown>)[name]
}

export function is(value: PgColumn | SQL): Comparison {
  return (sought) => sql`${value} = ${sought}`
}

/** Of several words. */
export function isOneOf(value: PgColumn | SQL, type: 'text' | 'uuid' = 'text'): Comparison {
  const list = type === 'text' ? sql`text[]` : sql`uuid[]`
  return (sought) => sql`${value} = any(${sought}::${list})`
}

/** The two filters of `spanOf`. */
export function isWithin<Name extends string>(name: Name, value: PgColumn | SQL): Spanned<Name> {
  return spanned(name, {
    from: (sought) => sql`${value} >= ${sought}`,
    until: (sought) => sql`${value} <= ${sought}`,
  })
}

/** The same of what a list sorts by, so that an index serves both, where a row without a value stands at `infinity`. */
export function isWithinKey<Name extends string>(name: Name, key: SQL): Spanned<Name> {
  return spanned(name, {
    from: (sought) => sql`(${key} >= ${sought} and ${key} < 'infinity')`,
    until: (sought) => sql`${key} <= ${sought}`,
  })
}

/** Those of `recordFilters`. */
export function ofRecord(table: RecordTable) {
  return {
    createdBy: is(table.createdBy),
    ...isWithin('created', table.createdAt),
    ...isWithin('updated', table.updatedAt),
  }
}

type Spanned<Name extends string> = Record<`${Name}From` | `${Name}Until`, Comparison>

function spanned<Name extends string>(name: Name, { from, until }: { from: Comparison; until: Comparison }) {
  const ends = { [`${name}From`]: from, [`${name}Until`]: until }
  // A computed name has no literal type; these two are the names.
  return ends as Spanned<Name>
}
