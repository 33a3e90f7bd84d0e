import { minorUnits } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { index, integer, numeric, text, uuid } from 'drizzle-orm/pg-core'
import { catalogItems } from '../catalog-items/table.ts'
import { isMoney, isRate, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { invoices } from '../invoices/table.ts'

export const invoiceLineItems = crm.table(
  'invoice_line_items',
  {
    ...recordKey(),
    invoiceId: uuid('invoice_id').notNull(),
    catalogItemId: uuid('catalog_item_id'),
    sourceLineId: uuid('source_line_id'),
    name: text('name').notNull(),
    description: text('description'),
    quantity: numeric('quantity', { precision: 12, scale: 3 }).notNull().default('1'),
    unitPriceMinor: minorUnits('unit_price_minor').notNull(),
    discountMinor: minorUnits('discount_minor').notNull().default(0),
    taxPpm: integer('tax_ppm').notNull().default(0),
    taxName: text('tax_name'),
    position: integer('position').notNull(),
    netMinor: minorUnits('net_minor')
      .notNull()
      .generatedAlwaysAs(sql`round(quantity * unit_price_minor)::bigint - discount_minor`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('invoice_line_items', t),
    rowAccessOfPart('invoice', 'invoice_id'),
    isMoney(t.unitPriceMinor),
    isMoney(t.discountMinor),
    isRate(t.taxPpm),
    sameTenant(t.invoiceId, invoices.id).onDelete('cascade'),
    sameTenant(t.catalogItemId, catalogItems.id).onDelete('set null'),
    index('invoice_line_items_in_order').on(t.tenantId, t.invoiceId, t.position),
  ],
)
