import { LocationPatch, type Location } from '@tenantry/contracts/locations'
import { tableRecord } from '../records/table-record.ts'
import { selectLocations } from './rows.ts'
import { locations } from './table.ts'

export const locationRecord = tableRecord<Location>({
  entity: 'location',
  table: locations,
  fields: Object.keys(LocationPatch.shape),
  select: selectLocations,
  refusals: {
    locations_contact_fk: { field: 'contactId', message: 'There is no such contact.' },
  },
})
