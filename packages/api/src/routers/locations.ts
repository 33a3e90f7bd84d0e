import { LocationId } from '@tenantry/contracts/ids'
import { Location, LocationInput, LocationListQuery, LocationPatchInput } from '@tenantry/contracts/locations'
import { router } from '../procedures/router.ts'
import { recordProcedures } from '../record-procedures.ts'

export const locationsRouter = router(
  recordProcedures({
    id: LocationId,
    query: LocationListQuery,
    input: LocationInput,
    patch: LocationPatchInput,
    row: Location,
    reader: (db) => db.locations,
    writer: (db) => db.locations,
    requires: '0007_lists_of_every_record',
  }),
)
