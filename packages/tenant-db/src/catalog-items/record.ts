import { CatalogItemPatch, type CatalogItem } from '@tenantry/contracts/catalog-items'
import { tableRecord } from '../records/table-record.ts'
import { selectCatalogItems } from './rows.ts'
import { catalogItems } from './table.ts'

export const catalogItemRecord = tableRecord<CatalogItem>({
  entity: 'catalog_item',
  table: catalogItems,
  fields: Object.keys(CatalogItemPatch.shape),
  select: selectCatalogItems,
  refusals: {
    catalog_items_currency_currencies_code_fk: { field: 'currency', message: 'This currency is not known.' },
  },
})
