import { minorUnits } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, numeric, text, uuid } from 'drizzle-orm/pg-core'
import { catalogItems } from '../catalog-items/table.ts'
import { isMoney, isRate, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { opportunities } from '../opportunities/table.ts'
import { word } from '../word.ts'

const kinds = ['package', 'add_on', 'service', 'fee', 'custom', 'discount'] as const

export const opportunityLineItems = crm.table(
  'opportunity_line_items',
  {
    ...recordKey(),
    opportunityId: uuid('opportunity_id').notNull(),
    catalogItemId: uuid('catalog_item_id'),
    kind: word('kind', kinds).notNull(),
    name: text('name').notNull(),
    description: text('description'),
    quantity: numeric('quantity', { precision: 12, scale: 3 }).notNull().default('1'),
    unitPriceMinor: minorUnits('unit_price_minor').notNull(),
    discountMinor: minorUnits('discount_minor').notNull().default(0),
    taxPpm: integer('tax_ppm').notNull().default(0),
    position: integer('position').notNull(),
    isOptional: boolean('is_optional').notNull().default(false),
    isSelected: boolean('is_selected').notNull().default(true),
    netMinor: minorUnits('net_minor')
      .notNull()
      .generatedAlwaysAs(sql`round(quantity * unit_price_minor)::bigint - discount_minor`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('opportunity_line_items', t),
    rowAccessOfPart('opportunity', 'opportunity_id'),
    oneOf(t.kind, kinds),
    check('opportunity_line_items_quantity_check', sql`quantity >= 0`),
    isMoney(t.unitPriceMinor),
    isMoney(t.discountMinor),
    isRate(t.taxPpm),
    sameTenant(t.opportunityId, opportunities.id).onDelete('cascade'),
    sameTenant(t.catalogItemId, catalogItems.id).onDelete('set null'),
    index('opportunity_line_items_in_order').on(t.tenantId, t.opportunityId, t.position),
  ],
)
