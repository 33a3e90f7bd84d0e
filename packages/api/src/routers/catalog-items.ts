import { CatalogItemId } from '@tenantry/contracts/ids'
import {
  CatalogItem,
  CatalogItemInput,
  CatalogItemListQuery,
  CatalogItemPatchInput,
} from '@tenantry/contracts/catalog-items'
import { router } from '../procedures/router.ts'
import { recordProcedures } from '../record-procedures.ts'

export const catalogItemsRouter = router(
  recordProcedures({
    id: CatalogItemId,
    query: CatalogItemListQuery,
    input: CatalogItemInput,
    patch: CatalogItemPatchInput,
    row: CatalogItem,
    reader: (db) => db.catalogItems,
    writer: (db) => db.catalogItems,
    requires: '0007_lists_of_every_record',
  }),
)
