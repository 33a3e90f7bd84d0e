import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { eventDates } from '../event-dates/table.ts'
import { lockOf } from '../records/lock.ts'
import { resourceBookings as bookings } from './table.ts'

export interface NewBooking extends Record<string, unknown> {
  id: string
  resourceId: string
  eventDateId: string | null
  state: 'hold' | 'confirmed'
  holdRank: number | null
  holdExpiresAt: string | null
  reason: string | null
  range: string
  actorId: string | null
}

export const insertBooking = statement<NewBooking, never>((db) =>
  db.execute(sql`insert into ${bookings}
      (id, resource_id, event_date_id, state, hold_rank, hold_expires_at, reason, blocked_range, created_by)
    values (${sql.placeholder('id')}, ${sql.placeholder('resourceId')}, ${sql.placeholder('eventDateId')},
      ${sql.placeholder('state')}, ${sql.placeholder('holdRank')}, ${sql.placeholder('holdExpiresAt')},
      ${sql.placeholder('reason')}, ${sql.placeholder('range')}::tstzrange, ${sql.placeholder('actorId')})`),
)

/** In this one statement, so that a booking is never without its rank nor confirmed with one. */
export const setState = statement<{ id: string; state: 'confirmed' | 'released' }, never>((db) =>
  db.execute(sql`update ${bookings} set state = ${sql.placeholder('state')}, hold_rank = null, hold_expires_at = null
    where id = ${sql.placeholder('id')}`),
)

/** In one statement too. */
export const setHold = statement<{ id: string; rank: number }, never>((db) =>
  db.execute(sql`update ${bookings} set state = 'hold', hold_rank = ${sql.placeholder('rank')}, hold_expires_at = null
    where id = ${sql.placeholder('id')}`),
)

export const moveBooking = statement<{ id: string; range: string; holdRank: number | null }, never>((db) =>
  db.execute(sql`update ${bookings}
    set blocked_range = ${sql.placeholder('range')}::tstzrange, hold_rank = ${sql.placeholder('holdRank')}
    where id = ${sql.placeholder('id')}`),
)

/** Until when some holds stand. */
export const setExpiry = statement<{ ids: string; holdExpiresAt: string | null }, never>((db) =>
  db.execute(sql`update ${bookings} set hold_expires_at = ${sql.placeholder('holdExpiresAt')}
    where id = any(${sql.placeholder('ids')}::uuid[]) and state = 'hold'`),
)

/** Keeps a date from being moved while something is booked for it. */
export const lockDates = statement<{ eventDateIds: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`select id from ${eventDates}
    where id = any(${sql.placeholder('eventDateIds')}::uuid[]) and deleted_at is null order by id for no key update`),
)

/** One that may be in the bin. */
export const lockDate = lockOf(eventDates)

export const datesOfEvent = statement<{ eventId: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`select id from ${eventDates}
    where event_id = ${sql.placeholder('eventId')} and deleted_at is null order by id for no key update`),
)
