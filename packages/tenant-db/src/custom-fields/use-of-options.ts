import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { CustomField, CustomFieldOption, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { countCap } from '@tenantry/contracts/pages'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { literal } from '../records/literal.ts'
import { assertSeesAll } from '../row-access/sees-all.ts'
import { customizedTables } from './customized-tables.ts'
import { hasCustom, pathOf } from './sought.ts'

/**
 * Throws RULE_VIOLATED while a record holds one of these options, in the bin too, and FORBIDDEN for whoever does not see all
 * records. The definition is locked, so nobody writes one of them meanwhile.
 */
export async function assertUnused(
  executor: Executor,
  { entity, key }: CustomField,
  options: readonly CustomFieldOption[],
): Promise<void> {
  if (options.length === 0) return
  await assertSeesAll(executor)
  for (const option of options) {
    const path = pathOf({ [key]: option.key })
    const [row] = await executor.run(uses[entity], { path })
    const count = row?.count ?? 0
    if (count === 0) continue
    const records = count > countCap ? `more than ${countCap} records` : count === 1 ? 'one record' : `${count} records`
    throw new TenantryError('RULE_VIOLATED', {
      message: `«${option.label}» is in use in ${records}. Change these first.`,
      data: { field: 'options' },
    })
  }
}

function usesIn(table: PgTable & { custom: PgColumn }) {
  return statement<{ path: string | undefined }, { count: number }>((db) =>
    db.execute<{ count: number }>(sql`select count(*)::integer as count from (
      select from ${table} where ${hasCustom(table.custom, sql.placeholder('path'))} limit ${literal(countCap + 1)}) as used`),
  )
}

const uses = {
  account: usesIn(customizedTables.account),
  contact: usesIn(customizedTables.contact),
  lead: usesIn(customizedTables.lead),
  opportunity: usesIn(customizedTables.opportunity),
  event: usesIn(customizedTables.event),
  event_date: usesIn(customizedTables.event_date),
  quote: usesIn(customizedTables.quote),
  contract: usesIn(customizedTables.contract),
  invoice: usesIn(customizedTables.invoice),
  task: usesIn(customizedTables.task),
  note: usesIn(customizedTables.note),
  communication: usesIn(customizedTables.communication),
  location: usesIn(customizedTables.location),
  catalog_item: usesIn(customizedTables.catalog_item),
  resource: usesIn(customizedTables.resource),
} satisfies Record<CustomizedEntity, unknown>
