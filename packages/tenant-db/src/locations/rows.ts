import type { LeasedDrizzle } from '@tenantry/connections/database'
import { contacts } from '../contacts/table.ts'
import { envelopeOf, sameRow } from '../records/record-table.ts'
import { locations } from './table.ts'

/** Locations as the contract shows them, up to WHERE. */
export function selectLocations(db: LeasedDrizzle) {
  return db
    .select(columns)
    .from(locations)
    .leftJoin(contacts, sameRow(contacts, contacts.id, locations.contactId))
}

const columns = {
  id: locations.id,
  name: locations.name,
  kind: locations.kind,
  line1: locations.line1,
  line2: locations.line2,
  city: locations.city,
  region: locations.region,
  postalCode: locations.postalCode,
  country: locations.country,
  latitude: locations.latitude,
  longitude: locations.longitude,
  timeZone: locations.timeZone,
  capacity: locations.capacity,
  parkingNotes: locations.parkingNotes,
  loadInNotes: locations.loadInNotes,
  isOneTime: locations.isOneTime,
  contactId: locations.contactId,
  contactName: contacts.displayName,
  ...envelopeOf(locations),
}
