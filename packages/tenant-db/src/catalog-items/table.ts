import { minorUnits } from '@tenantry/connections/columns'
import { CatalogItemKind } from '@tenantry/contracts/catalog-items'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, text } from 'drizzle-orm/pg-core'
import { currencyCode } from '../columns.ts'
import { inRange, isCurrency, isMoney, isRate, notBlank, oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { word } from '../word.ts'

/** What a tenant sells: packages, add-ons, services and fees with their price. */
export const catalogItems = crm.table(
  'catalog_items',
  {
    ...recordKey(),
    kind: word('kind', CatalogItemKind.options).notNull(),
    name: text('name').notNull(),
    sku: text('sku'),
    description: text('description'),
    unit: text('unit').notNull().default('each'),
    priceMinor: minorUnits('price_minor').notNull(),
    currency: currencyCode('currency')
      .notNull()
      .references(() => currencies.code),
    taxPpm: integer('tax_ppm'),
    durationMinutes: integer('duration_minutes'),
    isActive: boolean('is_active').notNull().default(true),
    searchText: searchText(sql`name || chr(10) || coalesce(sku, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('catalog_items', t),
    notBlank(t.name),
    oneOf(t.kind, CatalogItemKind.options),
    isMoney(t.priceMinor, 'zero'),
    isCurrency(t.currency),
    isRate(t.taxPpm),
    inRange(t.durationMinutes, 0, 525_600),
    index('catalog_items_by_name').on(t.tenantId, t.name, t.id).where(live),
    index('catalog_items_by_price').on(t.tenantId, t.priceMinor, t.id).where(live),
    index('catalog_items_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('catalog_items', t),
  ],
)
