import type { LeasedDrizzle } from '@tenantry/connections/database'
import { envelopeOf } from '../records/record-table.ts'
import { catalogItems } from './table.ts'

/** Catalogue items as the contract shows them, up to WHERE. */
export function selectCatalogItems(db: LeasedDrizzle) {
  return db.select(columns).from(catalogItems)
}

const columns = {
  id: catalogItems.id,
  kind: catalogItems.kind,
  name: catalogItems.name,
  sku: catalogItems.sku,
  description: catalogItems.description,
  unit: catalogItems.unit,
  priceMinor: catalogItems.priceMinor,
  currency: catalogItems.currency,
  taxPpm: catalogItems.taxPpm,
  durationMinutes: catalogItems.durationMinutes,
  isActive: catalogItems.isActive,
  ...envelopeOf(catalogItems),
}
