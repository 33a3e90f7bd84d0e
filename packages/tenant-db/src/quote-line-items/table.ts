import { minorUnits } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, numeric, text, uuid } from 'drizzle-orm/pg-core'
import { isMoney, isRate, notBlank, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { quotes } from '../quotes/table.ts'

/** The lines of a quote are a part of it: they are written, remembered and undone with it, and have no life of their own. */
export const quoteLineItems = crm.table(
  'quote_line_items',
  {
    ...recordKey(),
    quoteId: uuid('quote_id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    quantity: numeric('quantity', { precision: 12, scale: 3 }).notNull(),
    unitPriceMinor: minorUnits('unit_price_minor').notNull(),
    discountMinor: minorUnits('discount_minor').notNull(),
    taxPpm: integer('tax_ppm').notNull(),
    isOptional: boolean('is_optional').notNull(),
    isSelected: boolean('is_selected').notNull(),
    position: integer('position').notNull(),
    netMinor: minorUnits('net_minor')
      .notNull()
      .generatedAlwaysAs(sql`round(quantity * unit_price_minor)::bigint - discount_minor`),
  },
  (t) => [
    ...tenantRules('quote_line_items', [t.tenantId, t.id]),
    rowAccessOfPart('quote', 'quote_id'),
    notBlank(t.name),
    check('quote_line_items_quantity_check', sql`quantity >= 0`),
    isMoney(t.unitPriceMinor),
    isMoney(t.discountMinor),
    isRate(t.taxPpm),
    sameTenant(t.quoteId, quotes.id).onDelete('cascade'),
    index('quote_line_items_in_order').on(t.tenantId, t.quoteId, t.position),
  ],
)
