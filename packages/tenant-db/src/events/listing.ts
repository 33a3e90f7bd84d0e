import type { Event, EventListQuery } from '@tenantry/contracts/events'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
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
  filters: {
    status: { of: ({ filters }) => filters.status, where: (list) => sql`${events.status} = any(${list}::text[])` },
    accountId: { of: ({ filters }) => filters.accountId, where: (id) => sql`${events.accountId} = ${id}` },
    contactId: { of: ({ filters }) => filters.contactId, where: (id) => sql`${events.contactId} = ${id}` },
    opportunityId: { of: ({ filters }) => filters.opportunityId, where: (id) => sql`${events.opportunityId} = ${id}` },
    ownerId: { of: ({ filters }) => filters.ownerId, where: (id) => sql`${events.ownerId} = ${id}` },
    eventType: { of: ({ filters }) => filters.eventType, where: (type) => sql`${events.eventType} = ${type}` },
    startsFrom: { of: ({ filters }) => filters.startsFrom, where: (at) => sql`${events.firstStartsAt} >= ${at}` },
    startsUntil: { of: ({ filters }) => filters.startsUntil, where: (at) => sql`${events.firstStartsAt} <= ${at}` },
  },
  texts: ownText(events),
})
