import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { EventId, ResourceId } from '@tenantry/contracts/ids'
import type { Booking } from '@tenantry/contracts/resources'
import { sql } from 'drizzle-orm'
import { eventDates } from '../event-dates/table.ts'
import { events } from '../events/table.ts'
import type { Acting } from '../records/acting.ts'
import { transactionTime } from '../records/change-record.ts'
import { lockQueues } from './queue.ts'
import { lockEventBookings } from './settle.ts'
import { resourceBookings as bookings } from './table.ts'

/** Where holds are over that nobody has released yet. */
export interface Expired {
  /** Events with such a hold, and tentative ones whose own time is over. */
  eventIds: EventId[]
  /** Resources with such a hold for a date that has no event. */
  resourceIds: ResourceId[]
  /** Until the next one is over; null when none ever will be. */
  nextInSeconds: number | null
}

/** At most so many of each, those that are over the longest first. */
export async function findExpired(executor: Executor, { most }: { most: number }): Promise<Expired> {
  const eventIds = await executor.run(expiredEvents, { most })
  const resourceIds = await executor.run(expiredResources, { most })
  const [next] = await executor.run(nextExpiry, {})
  return {
    eventIds: eventIds.map(({ id }) => id),
    resourceIds: resourceIds.map(({ id }) => id),
    nextInSeconds: next?.seconds ?? null,
  }
}

/** Releases the holds of a resource that are over, and lets those behind move up. */
export function releaseExpiredIn(acting: Acting, resourceId: string): Promise<void> {
  return lockQueues(acting, [resourceId])
}

/** The same for the dates of an event. Gives what still stands of it, and when this is. */
export async function releaseExpiredOf(acting: Acting, eventId: string): Promise<{ standing: Booking[]; at: string }> {
  return { standing: await lockEventBookings(acting, eventId), at: await transactionTime(acting.executor) }
}

const isOver = sql`b.state = 'hold' and b.hold_expires_at <= now()`
const most = sql`${sql.placeholder('most')}::int`

const expiredEvents = statement<{ most: number }, { id: EventId }>((db) =>
  db.execute<{ id: EventId }>(sql`
    select id from (
      select d.event_id as id, b.hold_expires_at as at from ${bookings} b
        join ${eventDates} d on d.tenant_id = b.tenant_id and d.id = b.event_date_id
        where ${isOver} and d.event_id is not null and d.deleted_at is null
      union all
      select e.id, e.hold_expires_at from ${events} e
        where e.status = 'tentative' and e.deleted_at is null and e.hold_expires_at <= now()) as found
    group by id order by min(at), id limit ${most}`),
)

const expiredResources = statement<{ most: number }, { id: ResourceId }>((db) =>
  db.execute<{ id: ResourceId }>(sql`
    select b.resource_id as id from ${bookings} b
      join ${eventDates} d on d.tenant_id = b.tenant_id and d.id = b.event_date_id
    where ${isOver} and (d.event_id is null or d.deleted_at is not null)
    group by b.resource_id order by min(b.hold_expires_at), b.resource_id limit ${most}`),
)

const nextExpiry = statement<Record<string, never>, { seconds: number | null }>((db) =>
  db.execute<{ seconds: number | null }>(sql`
    select ceil(extract(epoch from least(
      (select min(b.hold_expires_at) from ${bookings} b where b.state = 'hold' and b.hold_expires_at > now()),
      (select min(e.hold_expires_at) from ${events} e
        where e.status = 'tentative' and e.deleted_at is null and e.hold_expires_at > now())) - now()))::float8 as seconds`),
)
