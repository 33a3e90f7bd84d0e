import type { Executor } from '@tenantry/connections/database'
import type { ResourceId } from '@tenantry/contracts/ids'
import type { Resource, ResourceInput, ResourceListQuery, ResourcePatch } from '@tenantry/contracts/resources'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { resourceListing } from './listing.ts'
import { resourceFields, resourceRecord } from './record.ts'

interface ResourceTypes {
  id: ResourceId
  row: Resource
  listed: Resource
  query: ResourceListQuery
  input: ResourceInput
  patch: ResourcePatch
}

const parts: RecordParts<ResourceTypes> = { record: resourceRecord, listing: resourceListing, fieldsOf: resourceFields }

export class ResourcesReader extends RecordsReader<ResourceTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class ResourcesWriter extends RecordsWriter<ResourceTypes> {
  constructor(acting: Acting) {
    super(acting, parts)
  }
}
