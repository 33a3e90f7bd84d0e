import type { EventDate, EventDateListQuery } from '@tenantry/contracts/event-dates'
import { Instant } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { events } from '../events/table.ts'
import { whoseEvents } from '../events/whose.ts'
import { opportunities } from '../opportunities/table.ts'
import { whoseOpportunities } from '../opportunities/whose.ts'
import { comparing, is, isOneOf, isWithin, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectEventDates } from './rows.ts'
import { eventDateNameKey, eventDates } from './table.ts'

export const eventDateListing = new Listing<EventDate, EventDateListQuery['sort'], EventDateListQuery>({
  table: eventDates,
  whose: {
    kind: 'event',
    through: [
      { table: events, whose: whoseEvents, pointer: eventDates.eventId, id: eventDates.id },
      { table: opportunities, whose: whoseOpportunities, pointer: eventDates.opportunityId, id: eventDates.id },
    ],
  },
  select: (db, { where, orderBy, limit }) =>
    asRows<EventDate>(
      selectEventDates(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    startsAt: { key: eventDates.startsAt, of: (row) => row.startsAt, shape: Instant },
    name: { key: eventDateNameKey, of: (row) => row.label ?? '', shape: z.string() },
    updatedAt: { key: eventDates.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: eventDates.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<EventDateListQuery>({
    eventId: is(eventDates.eventId),
    opportunityId: is(eventDates.opportunityId),
    locationId: is(eventDates.locationId),
    status: isOneOf(eventDates.status),
    ...isWithin('starts', eventDates.startsAt),
    ...ofRecord(eventDates),
  }),
  texts: ownText(eventDates),
})
