import { instantFromText } from '@tenantry/connections/columns'
import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { BookingId, EventDateId, ResourceId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import { resources } from '../resources/table.ts'
import { noteExpired, noteRank } from './note-bookings.ts'
import { promotions, type Held } from './ranks.ts'
import { resourceBookings as bookings } from './table.ts'

/**
 * Locks resources, in the order of their ids, so that nobody else books them before this transaction ends, and releases the
 * holds that have expired. What is read afterwards stays true.
 */
export async function lockQueues(acting: Acting, resourceIds: readonly string[]): Promise<void> {
  const { executor } = acting
  const parameters = { resourceIds: `{${resourceIds.join()}}` }
  await executor.run(lockResources, parameters)
  const expired = await executor.run(releaseExpired, parameters)
  for (const { holdExpiresAt, ...hold } of expired)
    await noteExpired(acting, { ...hold, state: 'hold', holdExpiresAt: instantFromText(holdExpiresAt) })
  for (const resourceId of new Set(expired.map((hold) => hold.resourceId))) await moveUp(acting, resourceId)
}

/** Lets the holds of a locked resource move up to the places that have become free. */
export async function moveUp(acting: Acting, resourceId: string): Promise<void> {
  const holds = await readHolds(acting.executor, resourceId)
  // One after the other: no moment has two holds of one rank in one slot.
  for (const { id, rank } of promotions(holds)) {
    await acting.executor.run(setRank, { id, rank })
    const before = holds.find((hold) => hold.id === id)
    if (before === undefined) continue
    await noteRank(acting, { ...before, state: 'hold', holdRank: before.rank }, rank)
  }
}

/** A hold with what its line of history names. */
export interface QueuedHold extends Held {
  id: BookingId
  resourceId: ResourceId
  eventDateId: EventDateId | null
}

export async function readHolds(executor: Executor, resourceId: string): Promise<QueuedHold[]> {
  const rows = await executor.run(holdsOf, { resourceId })
  return rows.map(({ from, until, ...row }) => ({ ...row, from: Number(from), until: Number(until) }))
}

const givenResources = sql`${sql.placeholder('resourceIds')}::uuid[]`

const lockResources = statement<{ resourceIds: string }, never>((db) =>
  db.execute(sql`select from ${resources} where id = any(${givenResources}) order by id for no key update`),
)

type Expired = {
  id: BookingId
  resourceId: ResourceId
  eventDateId: EventDateId | null
  holdRank: number
  holdExpiresAt: string
}
const releaseExpired = statement<{ resourceIds: string }, Expired>((db) =>
  db.execute<Expired>(sql`
    with expired as (
      select id, resource_id, event_date_id, hold_rank, hold_expires_at from ${bookings}
      where resource_id = any(${givenResources}) and state = 'hold' and hold_expires_at <= now()
    ), released as (
      update ${bookings} b set state = 'released', hold_rank = null, hold_expires_at = null
      from expired where b.id = expired.id
    )
    select id, resource_id as "resourceId", event_date_id as "eventDateId", hold_rank as "holdRank",
      hold_expires_at as "holdExpiresAt" from expired order by hold_expires_at, id`),
)

type HoldRow = Omit<QueuedHold, 'from' | 'until'> & { from: string; until: string }
const holdsOf = statement<{ resourceId: string }, HoldRow>((db) =>
  db.execute<HoldRow & Record<string, unknown>>(sql`
    select id, resource_id as "resourceId", event_date_id as "eventDateId", hold_rank as rank,
      extract(epoch from lower(blocked_range)) * 1000 as from, extract(epoch from upper(blocked_range)) * 1000 as until
    from ${bookings} where resource_id = ${sql.placeholder('resourceId')} and state = 'hold'`),
)

const setRank = statement<{ id: string; rank: number }, never>((db) =>
  db.execute(sql`update ${bookings} set hold_rank = ${sql.placeholder('rank')} where id = ${sql.placeholder('id')}`),
)
