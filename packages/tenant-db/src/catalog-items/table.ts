import { minorUnits } from '@tenantry/connections/columns'
import { boolean, integer, text } from 'drizzle-orm/pg-core'
import { currencyCode } from '../columns.ts'
import { isCurrency, isMoney, isRate, notBlank, oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { word } from '../word.ts'

const kinds = ['package', 'add_on', 'service', 'fee'] as const

/** What a tenant sells: packages, add-ons, services and fees with their price. */
export const catalogItems = crm.table(
  'catalog_items',
  {
    ...recordKey(),
    kind: word('kind', kinds).notNull(),
    name: text('name').notNull(),
    description: text('description'),
    unit: text('unit').notNull().default('each'),
    priceMinor: minorUnits('price_minor').notNull(),
    currency: currencyCode('currency')
      .notNull()
      .references(() => currencies.code),
    taxPpm: integer('tax_ppm'),
    durationMinutes: integer('duration_minutes'),
    isActive: boolean('is_active').notNull().default(true),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('catalog_items', t),
    notBlank(t.name),
    oneOf(t.kind, kinds),
    isMoney(t.priceMinor),
    isCurrency(t.currency),
    isRate(t.taxPpm),
  ],
)
