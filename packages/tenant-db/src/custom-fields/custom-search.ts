import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { refusedFilters, type CustomField, type CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { customFieldName, type CustomFilter } from '@tenantry/contracts/custom-values'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Filter } from '../records/filter.ts'
import { hasCustom, pathOf } from './sought.ts'
import { customFields } from './table.ts'

/** What a list is asked about custom values; nothing where it is not. */
export interface SoughtCustom {
  path?: string | undefined
}

/**
 * Compares a filter with the definitions, which are read for a list that is asked by custom values and for no other. Throws
 * BAD_INPUT, with `filters.custom.<key>` for each field that there is not, or that cannot hold what is asked for.
 */
export async function soughtCustom(
  executor: Executor,
  entity: CustomizedEntity | undefined,
  filters: { custom?: CustomFilter } | undefined,
): Promise<SoughtCustom> {
  const filter = filters?.custom
  if (entity === undefined || filter === undefined || Object.keys(filter).length === 0) return {}
  const refused = refusedFilters(await executor.run(typesOf, { entity }), filter)
  const fields = Object.entries(refused).map(([key, messages]) => [`filters.${customFieldName(key)}`, messages])
  if (fields.length > 0) throw new TenantryError('BAD_INPUT', { data: { fields: Object.fromEntries(fields) } })
  return { path: pathOf(filter) }
}

export function customFilter(custom: PgColumn): Record<string, Filter<SoughtCustom>> {
  return { custom: { of: ({ path }) => path, where: (path) => hasCustom(custom, path) } }
}

const typesOf = statement<{ entity: string }, Pick<CustomField, 'key' | 'type'>>((db) =>
  db
    .select({ key: customFields.key, type: customFields.type })
    .from(customFields)
    .where(sql`${customFields.entity} = ${sql.placeholder('entity')} and ${customFields.deletedAt} is null`),
)
