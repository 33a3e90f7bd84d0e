import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { CustomField, CustomFieldOption, CustomizedEntity } from '@tenantry/contracts/custom-fields'
import { countCap } from '@tenantry/contracts/pages'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { catalogItems } from '../catalog-items/table.ts'
import { communications } from '../communications/table.ts'
import { contacts } from '../contacts/table.ts'
import { contracts } from '../contracts/table.ts'
import { eventDates } from '../event-dates/table.ts'
import { events } from '../events/table.ts'
import { invoices } from '../invoices/table.ts'
import { leads } from '../leads/table.ts'
import { locations } from '../locations/table.ts'
import { notes } from '../notes/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { quotes } from '../quotes/table.ts'
import { literal } from '../records/literal.ts'
import { assertSeesAll } from '../row-access/sees-all.ts'
import { resources } from '../resources/table.ts'
import { tasks } from '../tasks/table.ts'
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
  account: usesIn(accounts),
  contact: usesIn(contacts),
  lead: usesIn(leads),
  opportunity: usesIn(opportunities),
  event: usesIn(events),
  event_date: usesIn(eventDates),
  quote: usesIn(quotes),
  contract: usesIn(contracts),
  invoice: usesIn(invoices),
  task: usesIn(tasks),
  note: usesIn(notes),
  communication: usesIn(communications),
  location: usesIn(locations),
  catalog_item: usesIn(catalogItems),
  resource: usesIn(resources),
} satisfies Record<CustomizedEntity, unknown>
