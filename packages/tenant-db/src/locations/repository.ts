import type { Executor } from '@tenantry/connections/database'
import type { LocationId } from '@tenantry/contracts/ids'
import type { Location, LocationInput, LocationListQuery, LocationPatch } from '@tenantry/contracts/locations'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { locationListing } from './listing.ts'
import { locationRecord } from './record.ts'

interface LocationTypes {
  id: LocationId
  row: Location
  listed: Location
  query: LocationListQuery
  input: LocationInput
  patch: LocationPatch
}

const parts: RecordParts<LocationTypes> = { record: locationRecord, listing: locationListing }

export class LocationsReader extends RecordsReader<LocationTypes> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class LocationsWriter extends RecordsWriter<LocationTypes> {
  constructor(acting: Acting) {
    super(acting, parts)
  }
}
