import { jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'

/**
 * What an older system held and this one cannot: whole rows, and single values of rows that were moved in without them.
 * Nothing is dropped; somebody decides later.
 */
export const transferQuarantine = crm.table(
  'transfer_quarantine',
  {
    ...tenantKey(),
    sourceTable: text('source_table').notNull(),
    sourceId: uuid('source_id').notNull(),
    /** Empty when the whole row is meant. */
    columnName: text('column_name').notNull(),
    reason: text('reason').notNull(),
    /** The source row, or an object of the one column. */
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [...tenantRules('transfer_quarantine', [t.tenantId, t.sourceTable, t.sourceId, t.columnName])],
)
