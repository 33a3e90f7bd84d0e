import type { Location, LocationListQuery } from '@tenantry/contracts/locations'
import { Instant } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { comparing, is, isOneOf, isWithin, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectLocations } from './rows.ts'
import { locationCityKey, locations } from './table.ts'

export const locationListing = new Listing<Location, LocationListQuery['sort'], LocationListQuery>({
  table: locations,
  select: (db, { where, orderBy, limit }) =>
    asRows<Location>(
      selectLocations(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: locations.name, of: (row) => row.name, shape: z.string() },
    city: { key: locationCityKey, of: (row) => row.city ?? '', shape: z.string() },
    updatedAt: { key: locations.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: locations.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<LocationListQuery>({
    kind: isOneOf(locations.kind),
    city: is(locationCityKey),
    region: is(locations.region),
    country: is(locations.country),
    isOneTime: is(locations.isOneTime),
    contactId: is(locations.contactId),
    ...isWithin('capacity', locations.capacity),
    ...ofRecord(locations),
  }),
  texts: ownText(locations),
})
