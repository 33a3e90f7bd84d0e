import { getTableColumns, type Table } from 'drizzle-orm'
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import { accounts } from './accounts/table.ts'
import { attachments } from './attachments/table.ts'
import { communications } from './communications/table.ts'
import { contactAccounts } from './contact-accounts/table.ts'
import { contactPoints } from './contact-points/table.ts'
import { contacts } from './contacts/table.ts'
import { eventDates } from './event-dates/table.ts'
import { events } from './events/table.ts'
import { leads } from './leads/table.ts'
import { locations } from './locations/table.ts'
import { notes } from './notes/table.ts'
import { opportunities } from './opportunities/table.ts'
import { opportunityLineItems } from './opportunity-line-items/table.ts'
import { pipelines } from './pipelines/table.ts'
import { pipelineStages } from './pipeline-stages/table.ts'
import { recordLinks } from './record-links/table.ts'
import { tasks } from './tasks/table.ts'
import { transferQuarantine } from './transfer-quarantine/table.ts'

/** What moving rows in writes to, for packages/tenant-transfer alone: names and types of columns, never the tables. */
const tables = {
  accounts,
  attachments,
  communications,
  contact_accounts: contactAccounts,
  contact_points: contactPoints,
  contacts,
  event_dates: eventDates,
  events,
  leads,
  locations,
  notes,
  opportunities,
  opportunity_line_items: opportunityLineItems,
  pipelines,
  pipeline_stages: pipelineStages,
  record_links: recordLinks,
  tasks,
  transfer_quarantine: transferQuarantine,
}

export type TransferTable = keyof typeof tables
// Its keys are exactly those of the object above.
export const transferTables = Object.keys(tables) as TransferTable[]

/** The columns of a table by their names in Postgres; the tenant is never written, the database fills it in. */
export type TransferColumn<T extends TransferTable> = Exclude<ColumnNames<(typeof tables)[T]>, 'tenant_id'>
type ColumnNames<T extends Table> = Extract<T['_']['columns'][keyof T['_']['columns']]['_']['name'], string>

export interface TransferColumnFacts {
  name: string
  /** As Postgres names it. */
  type: string
  isNotNull: boolean
  hasDefault: boolean
  /** Computed by Postgres: nobody writes it. */
  isGenerated: boolean
}

export function transferColumns(table: TransferTable): TransferColumnFacts[] {
  // A union of tables has no common call signature; each of them is a PgTable.
  const columns: PgColumn[] = Object.values(getTableColumns(tables[table] as PgTable))
  return columns
    .filter(({ name }) => name !== 'tenant_id')
    .map((column) => ({
      name: column.name,
      type: column.getSQLType().replace(/ COLLATE .*/, ''),
      isNotNull: column.notNull,
      hasDefault: column.hasDefault,
      isGenerated: column.generated !== undefined,
    }))
}

/** What makes a row one row, beside the tenant. */
export function transferKey(table: TransferTable): string[] {
  const [primary] = getTableConfig(tables[table] as PgTable).primaryKeys
  const names = primary?.columns.map(({ name }) => name) ?? []
  return names.filter((name) => name !== 'tenant_id')
}
