import type { LeasedDrizzle } from '@tenantry/connections/database'
import { instantFromText } from '@tenantry/connections/columns'
import type { Booking } from '@tenantry/contracts/resources'
import { sql } from 'drizzle-orm'
import { eventDates } from '../event-dates/table.ts'
import { events } from '../events/table.ts'
import { sameRow } from '../records/record-table.ts'
import { resources } from '../resources/table.ts'
import { resourceBookings as bookings } from './table.ts'

/** Bookings with what they are for, up to WHERE. */
export function selectBookings(db: LeasedDrizzle) {
  return db
    .select(columns)
    .from(bookings)
    .innerJoin(resources, sameRow(resources, resources.id, bookings.resourceId))
    .leftJoin(eventDates, sameRow(eventDates, eventDates.id, bookings.eventDateId))
    .leftJoin(events, sameRow(events, events.id, eventDates.eventId))
}

/** A hold whose time is over. */
export const hasExpired = sql`(${bookings.state} = 'hold' and coalesce(${bookings.holdExpiresAt} <= now(), false))`

const columns = {
  id: bookings.id,
  resourceId: bookings.resourceId,
  resourceName: resources.name,
  // As joined: of a date that its reader may not see the booking tells that the resource is taken, and not by whom.
  eventDateId: eventDates.id,
  eventId: eventDates.eventId,
  eventTitle: events.title,
  // One that has expired is released, be it that nobody has written it down yet.
  state: sql<Booking['state']>`case when ${hasExpired} then 'released' else ${bookings.state} end`,
  holdRank: sql<number | null>`case when not ${hasExpired} then ${bookings.holdRank} end`,
  holdExpiresAt: sql<string | null>`case when not ${hasExpired} then ${bookings.holdExpiresAt} end`.mapWith(
    instantFromText,
  ),
  reason: bookings.reason,
  blockedFrom: sql<string>`lower(${bookings.blockedRange})`.mapWith(instantFromText),
  blockedUntil: sql<string>`upper(${bookings.blockedRange})`.mapWith(instantFromText),
}
