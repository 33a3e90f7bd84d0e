import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { Booking, BookingListQuery } from '@tenantry/contracts/resources'
import { and, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import { eventDates } from '../event-dates/table.ts'
import { asRows } from '../records/plain.ts'
import { selectBookings } from './rows.ts'
import { resourceBookings as bookings } from './table.ts'

/** Bookings and blackouts that touch a span of time, in the order in which they begin; at most 2,000. */
export function bookingsBetween(executor: Executor, query: BookingListQuery): Promise<Booking[]> {
  const { from, until, resourceId, eventDateId } = query
  const range = `[${from},${until})`
  if (eventDateId !== undefined) return executor.run(ofDate, { range, eventDateId })
  return resourceId === undefined ? executor.run(ofAll, { range }) : executor.run(ofResource, { range, resourceId })
}

export async function findBooking(executor: Executor, id: string): Promise<Booking | undefined> {
  const [booking] = await executor.run(byId, { id })
  return booking
}

/** Those of one date that are not released. */
export function bookingsOfDate(executor: Executor, eventDateId: string): Promise<Booking[]> {
  return executor.run(standing, { eventDateId })
}

/** The confirmed bookings and blackouts of some resources in a span of time, which a confirmation would clash with. */
export function confirmedIn(executor: Executor, of: { resourceIds: string; range: string }): Promise<Booking[]> {
  return executor.run(inTheWay, of)
}

const isStanding = sql`${bookings.state} <> 'released'`

function between<P extends Record<string, unknown>>(where?: SQL): Statement<P, Booking> {
  return statement<P, Booking>((db) =>
    asRows<Booking>(
      selectBookings(db)
        .where(and(isStanding, sql`${bookings.blockedRange} && ${sql.placeholder('range')}::tstzrange`, where))
        .orderBy(sql`lower(${bookings.blockedRange})`, bookings.id)
        .limit(2000),
    ),
  )
}

const ofAll = between<{ range: string }>()
const ofResource = between<{ range: string; resourceId: string }>(
  eq(bookings.resourceId, sql.placeholder('resourceId')),
)
const ofDate = between<{ range: string; eventDateId: string }>(
  and(eq(bookings.eventDateId, sql.placeholder('eventDateId')), isNotNull(eventDates.id)),
)
const inTheWay = between<{ range: string; resourceIds: string }>(
  sql`${bookings.state} = 'confirmed' and ${bookings.resourceId} = any(${sql.placeholder('resourceIds')}::uuid[])`,
)

const byId = statement<{ id: string }, Booking>((db) =>
  asRows<Booking>(selectBookings(db).where(eq(bookings.id, sql.placeholder('id')))),
)

const standing = statement<{ eventDateId: string }, Booking>((db) =>
  asRows<Booking>(
    selectBookings(db)
      .where(and(isStanding, eq(bookings.eventDateId, sql.placeholder('eventDateId'))))
      .orderBy(bookings.resourceId, bookings.id),
  ),
)
