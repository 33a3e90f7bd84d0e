import type { CustomFilter, CustomSought } from '@tenantry/contracts/custom-values'
import { sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/**
 * What a filter asks of custom values, as one JSON path for any number of fields and values, so that a list has one text for
 * all of them. Of a list of options a path asks each.
 */
export function pathOf(filter: CustomFilter): string | undefined {
  const asked = Object.entries(filter).map(([key, sought]) => `(${questionOf(`$."${key}"`, sought)})`)
  return asked.length === 0 ? undefined : asked.join(' && ')
}

function questionOf(value: string, sought: CustomSought): string {
  if (Array.isArray(sought)) return sought.map((one) => `${value} == ${JSON.stringify(one)}`).join(' || ')
  if (typeof sought !== 'object') return `${value} == ${JSON.stringify(sought)}`
  // `q`: every character means itself.
  if ('contains' in sought) return `${value} like_regex ${JSON.stringify(sought.contains)} flag "iq"`
  const { from, until } = sought
  const ends = [
    ...(from === undefined ? [] : [`${value} >= ${JSON.stringify(from)}`]),
    ...(until === undefined ? [] : [`${value} <= ${JSON.stringify(until)}`]),
  ]
  return ends.join(' && ')
}

/**
 * The rows whose custom values a path finds. The first condition lets Postgres read only the rows that have any, from their
 * index; no index on the values themselves can be used under row security, because no operator on JSON is leakproof.
 */
export function hasCustom(custom: PgColumn, path: Placeholder): SQL {
  return sql`${custom} <> '{}'::jsonb and ${custom} @@ ${path}::jsonpath`
}
