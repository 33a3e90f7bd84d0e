import { boolean, index, integer, numeric, text, uuid } from 'drizzle-orm/pg-core'
import { countryCode } from '../columns.ts'
import { inRange, isCountry, isTimeZone, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { live, recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { word } from '../word.ts'

const kinds = ['venue', 'client_site', 'warehouse', 'virtual'] as const

export const locations = crm.table(
  'locations',
  {
    ...recordKey(),
    name: text('name').notNull(),
    kind: word('kind', kinds).notNull().default('venue'),
    line1: text('line1'),
    line2: text('line2'),
    city: text('city'),
    region: text('region'),
    postalCode: text('postal_code'),
    country: countryCode('country'),
    latitude: numeric('latitude', { precision: 9, scale: 6 }),
    longitude: numeric('longitude', { precision: 9, scale: 6 }),
    timeZone: text('time_zone').notNull(),
    capacity: integer('capacity'),
    parkingNotes: text('parking_notes'),
    loadInNotes: text('load_in_notes'),
    isOneTime: boolean('is_one_time').notNull().default(false),
    contactId: uuid('contact_id'),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('locations', t),
    notBlank(t.name),
    oneOf(t.kind, kinds),
    isCountry(t.country),
    isTimeZone(t.timeZone),
    inRange(t.latitude, -90, 90),
    inRange(t.longitude, -180, 180),
    sameTenant(t.contactId, contacts.id).onDelete('set null'),
    index('locations_by_name').on(t.tenantId, t.name, t.id).where(live),
  ],
)
