import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { events } from '../events/table.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { eventDates } from './table.ts'

/**
 * Brings `first_starts_at` and `last_ends_at` of a date's event up to date; they are derived, so its version stays. The event
 * is locked by a statement of its own: one that waited would count the dates it had seen before the wait.
 */
export async function keepSpan(executor: Executor, dateId: string): Promise<void> {
  await inOneTrip([executor.run(lockEvent, { dateId }), executor.run(setSpan, { dateId })])
}

const eventOfDate = sql`(select d.event_id from ${eventDates} d where d.id = ${sql.placeholder('dateId')})`

const lockEvent = statement<{ dateId: string }, never>((db) =>
  db.execute(sql`select from ${events} where id = ${eventOfDate} for no key update`),
)

const setSpan = statement<{ dateId: string }, never>((db) =>
  db.execute(sql`update ${events} e set first_starts_at = span.first, last_ends_at = span.last
    from (select min(d.starts_at) as first, max(d.ends_at) as last from ${eventDates} d
      where d.event_id = ${eventOfDate} and d.deleted_at is null and d.status <> 'cancelled') span
    where e.id = ${eventOfDate} and (e.first_starts_at, e.last_ends_at) is distinct from (span.first, span.last)`),
)
