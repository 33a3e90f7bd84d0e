import { LocationKind } from '@tenantry/contracts/locations'
import { decimalText } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, text, uuid } from 'drizzle-orm/pg-core'
import { countryCode } from '../columns.ts'
import { inRange, isCountry, isTimeZone, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { word } from '../word.ts'

export const locations = crm.table(
  'locations',
  {
    ...recordKey(),
    name: text('name').notNull(),
    kind: word('kind', LocationKind.options).notNull().default('venue'),
    line1: text('line1'),
    line2: text('line2'),
    city: text('city'),
    region: text('region'),
    postalCode: text('postal_code'),
    country: countryCode('country'),
    latitude: decimalText('latitude', { precision: 9, scale: 6 }),
    longitude: decimalText('longitude', { precision: 9, scale: 6 }),
    timeZone: text('time_zone').notNull(),
    capacity: integer('capacity'),
    parkingNotes: text('parking_notes'),
    loadInNotes: text('load_in_notes'),
    isOneTime: boolean('is_one_time').notNull().default(false),
    contactId: uuid('contact_id'),
    searchText: searchText(sql`name || chr(10) || coalesce(line1, '') || chr(10) || coalesce(city, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('locations', t),
    notBlank(t.name),
    oneOf(t.kind, LocationKind.options),
    isCountry(t.country),
    isTimeZone(t.timeZone),
    inRange(t.latitude, -90, 90),
    inRange(t.longitude, -180, 180),
    sameTenant(t.contactId, contacts.id).onDelete('set null'),
    index('locations_by_name').on(t.tenantId, t.name, t.id).where(live),
    index('locations_by_city').on(t.tenantId, locationCityKey, t.id).where(live),
    index('locations_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    index('locations_by_contact').on(t.tenantId, t.contactId),
    ...listIndexes('locations', t),
  ],
)

/** What the list sorts by for `city`; the index is on exactly this, see `accountCityKey`. */
export const locationCityKey = sql<string>`(case when city is null then '' else city end)`
