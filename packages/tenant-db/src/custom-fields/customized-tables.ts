import type { CustomizedEntity } from '@tenantry/contracts/custom-fields'
import type { PgTable } from 'drizzle-orm/pg-core'
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
import { resources } from '../resources/table.ts'
import { tasks } from '../tasks/table.ts'

/** Where the records are that can have custom fields. */
export const customizedTables = {
  account: accounts,
  contact: contacts,
  lead: leads,
  opportunity: opportunities,
  event: events,
  event_date: eventDates,
  quote: quotes,
  contract: contracts,
  invoice: invoices,
  task: tasks,
  note: notes,
  communication: communications,
  location: locations,
  catalog_item: catalogItems,
  resource: resources,
} satisfies Record<CustomizedEntity, PgTable>

const entities = new Map<PgTable, CustomizedEntity>(
  // The keys of a record written by us hold exactly its declared names.
  (Object.keys(customizedTables) as CustomizedEntity[]).map((entity) => [customizedTables[entity], entity]),
)

/** Undefined for records that have no custom fields. */
export function customizedEntityOf(table: PgTable): CustomizedEntity | undefined {
  return entities.get(table)
}
