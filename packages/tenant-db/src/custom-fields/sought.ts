import type { CustomFilter } from '@tenantry/contracts/custom-values'
import { sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/**
 * What a filter asks of custom values, as one JSON path for any number of fields and values, so that a list has one text for
 * all of them. Of a list of options a path asks each.
 */
export function pathOf(filter: CustomFilter | undefined): string | undefined {
  const asked = Object.entries(filter ?? {}).map(([key, wanted]) => {
    const values = Array.isArray(wanted) ? wanted : [wanted]
    return `(${values.map((value) => `$."${key}" == ${JSON.stringify(value)}`).join(' || ')})`
  })
  return asked.length === 0 ? undefined : asked.join(' && ')
}

/**
 * The rows whose custom values a path finds. The first condition lets Postgres read only the rows that have any, from their
 * index; no index on the values themselves can be used under row security, because no operator on JSON is leakproof.
 */
export function hasCustom(custom: PgColumn, path: Placeholder): SQL {
  return sql`${custom} <> '{}'::jsonb and ${custom} @@ ${path}::jsonpath`
}
