import type { CatalogItem, CatalogItemListQuery } from '@tenantry/contracts/catalog-items'
import { Instant, MinorUnits } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { comparing, is, isOneOf, isWithin, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectCatalogItems } from './rows.ts'
import { catalogItems } from './table.ts'

export const catalogItemListing = new Listing<CatalogItem, CatalogItemListQuery['sort'], CatalogItemListQuery>({
  table: catalogItems,
  select: (db, { where, orderBy, limit }) =>
    asRows<CatalogItem>(
      selectCatalogItems(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: catalogItems.name, of: (row) => row.name, shape: z.string() },
    price: { key: catalogItems.priceMinor, of: (row) => row.priceMinor, shape: MinorUnits },
    updatedAt: { key: catalogItems.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: catalogItems.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<CatalogItemListQuery>({
    kind: isOneOf(catalogItems.kind),
    currency: is(catalogItems.currency),
    isActive: is(catalogItems.isActive),
    ...isWithin('price', catalogItems.priceMinor),
    ...ofRecord(catalogItems),
  }),
  texts: ownText(catalogItems),
})
