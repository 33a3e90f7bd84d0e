import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { Booking, BookingCountQuery, BookingListQuery } from '@tenantry/contracts/resources'
import { Instant } from '@tenantry/contracts/scalars'
import { TenantryError } from '@tenantry/errors'
import { and, eq, isNotNull, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { eventDates } from '../event-dates/table.ts'
import { cappedCount, countOf } from '../records/capped-count.ts'
import { found } from '../records/found.ts'
import { readCursor, writeCursor } from '../records/cursor.ts'
import { literalLimit } from '../records/literal.ts'
import { asRows } from '../records/plain.ts'
import { sameRow } from '../records/record-table.ts'
import { hasExpired, selectBookings } from './rows.ts'
import { resourceBookings as bookings } from './table.ts'

const order = 'bookings'

/** Bookings and blackouts that touch a span of time, in the order in which they begin. Throws BAD_INPUT for a foreign cursor. */
export async function bookingsBetween(executor: Executor, query: BookingListQuery): Promise<Page<Booking>> {
  const { cursor, limit } = query
  const after = cursor == null ? undefined : readCursor(cursor, order, { value: Instant, id: z.uuid() })
  const { name, parameters } = soughtBy(query)
  const place = after && { after: after.value, afterId: after.id }
  const rows = await executor.run(pages[name][after === undefined ? 'first' : 'next'], {
    ...parameters,
    ...place,
    limit: limit + 1,
  })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    rows: rows.slice(0, limit),
    nextCursor: last ? writeCursor(order, { value: last.blockedFrom, id: last.id }) : null,
  }
}

/** Counts to the cap and no further. */
export function countBetween(executor: Executor, query: BookingCountQuery): Promise<Count> {
  const { name, parameters } = soughtBy(query)
  return cappedCount(executor, counts[name], parameters)
}

/** A statement for each way of asking, so that each has a plan of its own. */
function soughtBy({ from, until, resourceId, eventDateId }: BookingCountQuery): {
  name: keyof typeof sought
  parameters: Record<string, unknown>
} {
  const range = `[${from},${until})`
  if (eventDateId !== undefined) {
    const which = resourceId === undefined ? ('ofDate' as const) : ('ofDateAndResource' as const)
    return { name: which, parameters: { range, eventDateId, ...(resourceId !== undefined && { resourceId }) } }
  }
  if (resourceId === undefined) return { name: 'ofAll', parameters: { range } }
  return { name: 'ofResource', parameters: { range, resourceId } }
}

export async function findBooking(executor: Executor, id: string): Promise<Booking | undefined> {
  const [booking] = await executor.run(byId, { id })
  return booking
}

/** Throws NOT_FOUND. */
export function assertSeen(booking: Booking | undefined): Booking {
  if (!isSeen(found(booking))) throw new TenantryError('NOT_FOUND')
  return found(booking)
}

/** Those that there are and that their reader may see, in no order. */
export async function findBookings(executor: Executor, ids: readonly string[]): Promise<Booking[]> {
  return (await executor.run(byIds, { ids: `{${ids.join()}}` })).filter(isSeen)
}

/** Of a date that its reader may not see a list tells that the resource is taken, and no more. */
function isSeen({ eventDateId, reason }: Booking): boolean {
  return eventDateId !== null || reason !== null
}

/** Those of one date that nobody has released; among them holds that are over, as long as their resources are not locked. */
export function bookingsOfDate(executor: Executor, eventDateId: string): Promise<Booking[]> {
  return executor.run(standing, { eventDateId })
}

/** The confirmed bookings and blackouts of some resources in a span of time, which a confirmation would clash with. */
export function confirmedIn(executor: Executor, of: { resourceIds: string; range: string }): Promise<Booking[]> {
  return executor.run(inTheWay, of)
}

const isStanding = sql`${bookings.state} <> 'released'`
const isShown = sql`${isStanding} and not ${hasExpired}`

const inRange = sql`${bookings.blockedRange} && ${sql.placeholder('range')}::tstzrange`
const begins = sql`lower(${bookings.blockedRange})`
const beyond = sql`(${begins}, ${bookings.id}) > (${sql.placeholder('after')}::timestamptz, ${sql.placeholder('afterId')}::uuid)`

const ofResource = eq(bookings.resourceId, sql.placeholder('resourceId'))
const ofDate = and(eq(bookings.eventDateId, sql.placeholder('eventDateId')), isNotNull(eventDates.id))
const sought = { ofAll: undefined, ofResource, ofDate, ofDateAndResource: and(ofDate, ofResource) }

function pageOf(where?: SQL): Statement<Record<string, unknown>, Booking> {
  return statement<Record<string, unknown>, Booking>((db) =>
    asRows<Booking>(
      selectBookings(db)
        .where(and(isShown, inRange, where))
        .orderBy(begins, bookings.id)
        .limit(sql.placeholder('limit')),
    ),
  )
}

function countWhere(where?: SQL) {
  return countOf(sql`${bookings} left join ${eventDates} on ${sameRow(eventDates, eventDates.id, bookings.eventDateId)}
    where ${and(isShown, inRange, where)}`)
}

const pages = {
  ofAll: pagesOf(sought.ofAll),
  ofResource: pagesOf(sought.ofResource),
  ofDate: pagesOf(sought.ofDate),
  ofDateAndResource: pagesOf(sought.ofDateAndResource),
}
const counts = {
  ofAll: countWhere(sought.ofAll),
  ofResource: countWhere(sought.ofResource),
  ofDate: countWhere(sought.ofDate),
  ofDateAndResource: countWhere(sought.ofDateAndResource),
}

function pagesOf(where?: SQL) {
  return { first: pageOf(where), next: pageOf(and(where, beyond)) }
}

/** One that clashes is enough to refuse; nobody reads more than a few. */
const inTheWay = statement<{ range: string; resourceIds: string }, Booking>((db) =>
  asRows<Booking>(
    selectBookings(db)
      .where(
        and(
          inRange,
          sql`${bookings.state} = 'confirmed' and ${bookings.resourceId} = any(${sql.placeholder('resourceIds')}::uuid[])`,
        ),
      )
      .orderBy(begins, bookings.id)
      .limit(literalLimit(100)),
  ),
)

const byId = statement<{ id: string }, Booking>((db) =>
  asRows<Booking>(selectBookings(db).where(eq(bookings.id, sql.placeholder('id')))),
)

const byIds = statement<{ ids: string }, Booking>((db) =>
  asRows<Booking>(selectBookings(db).where(sql`${bookings.id} = any(${sql.placeholder('ids')}::uuid[])`)),
)

const standing = statement<{ eventDateId: string }, Booking>((db) =>
  asRows<Booking>(
    selectBookings(db)
      .where(and(isStanding, eq(bookings.eventDateId, sql.placeholder('eventDateId'))))
      .orderBy(bookings.resourceId, bookings.id),
  ),
)
