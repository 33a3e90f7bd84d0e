import type { Event, EventListQuery } from '@tenantry/contracts/events'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { eventDates } from '../event-dates/table.ts'
import { comparing, is, isOneOf, isWithin, isWithinKey, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectEvents } from './rows.ts'
import { events, eventStartKey } from './table.ts'
import { whoseEvents } from './whose.ts'

export const eventListing = new Listing<Event, EventListQuery['sort'], EventListQuery>({
  table: events,
  whose: whoseEvents,
  select: (db, { where, orderBy, limit }) =>
    asRows<Event>(
      selectEvents(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    startsAt: {
      key: eventStartKey,
      of: (row) => row.firstStartsAt ?? 'infinity',
      shape: Instant.or(z.literal('infinity')),
    },
    name: { key: events.title, of: (row) => row.title, shape: z.string() },
    updatedAt: { key: events.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: events.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<EventListQuery>({
    status: isOneOf(events.status),
    accountId: is(events.accountId),
    contactId: is(events.contactId),
    plannerContactId: is(events.plannerContactId),
    opportunityId: is(events.opportunityId),
    ownerId: is(events.ownerId),
    eventType: is(events.eventType),
    locationId: (location) => sql`${events.id} in (select ${eventDates.eventId} from ${eventDates}
      where ${eventDates.locationId} = ${location} and ${eventDates.deletedAt} is null)`,
    ...isWithinKey('starts', eventStartKey),
    ...isWithin('holdExpires', events.holdExpiresAt),
    ...isWithin('guests', events.guestCount),
    ...ofRecord(events),
  }),
  texts: ownText(events),
})
