import type { Location, LocationListQuery } from '@tenantry/contracts/locations'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
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
  filters: {
    kind: { of: ({ filters }) => filters.kind, where: (kinds) => sql`${locations.kind} = any(${kinds}::text[])` },
    city: { of: ({ filters }) => filters.city, where: (city) => sql`${locationCityKey} = ${city}` },
    country: { of: ({ filters }) => filters.country, where: (country) => sql`${locations.country} = ${country}` },
    isOneTime: { of: ({ filters }) => filters.isOneTime, where: (flag) => sql`${locations.isOneTime} = ${flag}` },
    contactId: { of: ({ filters }) => filters.contactId, where: (id) => sql`${locations.contactId} = ${id}` },
  },
  texts: ownText(locations),
})
