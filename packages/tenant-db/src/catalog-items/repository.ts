import type { Executor } from '@tenantry/connections/database'
import type { CatalogItemId } from '@tenantry/contracts/ids'
import type {
  CatalogItem,
  CatalogItemInput,
  CatalogItemListQuery,
  CatalogItemPatch,
} from '@tenantry/contracts/catalog-items'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { catalogItemListing } from './listing.ts'
import { catalogItemRecord } from './record.ts'

interface CatalogItemTypes {
  id: CatalogItemId
  row: CatalogItem
  listed: CatalogItem
  query: CatalogItemListQuery
  input: CatalogItemInput
  patch: CatalogItemPatch
}

const parts: RecordParts<CatalogItemTypes> = { record: catalogItemRecord, listing: catalogItemListing }

export class CatalogItemsReader extends RecordsReader<CatalogItemTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class CatalogItemsWriter extends RecordsWriter<CatalogItemTypes> {
  constructor(acting: Acting) {
    super(acting, parts)
  }
}
