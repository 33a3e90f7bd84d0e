import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { resources } from '../resources/table.ts'
import { promotions, type Held } from './ranks.ts'
import { resourceBookings as bookings } from './table.ts'

/**
 * Locks resources, in the order of their ids, so that nobody else books them before this transaction ends, and releases the
 * holds that have expired. What is read afterwards stays true.
 */
export async function lockQueues(executor: Executor, resourceIds: readonly string[]): Promise<void> {
  const parameters = { resourceIds: `{${resourceIds.join()}}` }
  await executor.run(lockResources, parameters)
  const expired = await executor.run(releaseExpired, parameters)
  for (const resourceId of new Set(expired.map((row) => row.resourceId))) await moveUp(executor, resourceId)
}

/** Lets the holds of a locked resource move up to the places that have become free. */
export async function moveUp(executor: Executor, resourceId: string): Promise<void> {
  const moved = promotions(await readHolds(executor, resourceId))
  // One after the other: no moment has two holds of one rank in one slot.
  for (const { id, rank } of moved) await executor.run(setRank, { id, rank })
}

export async function readHolds(executor: Executor, resourceId: string): Promise<Held[]> {
  const rows = await executor.run(holdsOf, { resourceId })
  return rows.map(({ from, until, ...row }) => ({ ...row, from: Number(from), until: Number(until) }))
}

const givenResources = sql`${sql.placeholder('resourceIds')}::uuid[]`

const lockResources = statement<{ resourceIds: string }, never>((db) =>
  db.execute(sql`select from ${resources} where id = any(${givenResources}) order by id for no key update`),
)

const releaseExpired = statement<{ resourceIds: string }, { resourceId: string }>((db) =>
  db.execute<{
    resourceId: string
  }>(sql`update ${bookings} set state = 'released', hold_rank = null, hold_expires_at = null
    where resource_id = any(${givenResources}) and state = 'hold' and hold_expires_at <= now()
    returning resource_id as "resourceId"`),
)

const holdsOf = statement<{ resourceId: string }, { id: string; rank: number; from: string; until: string }>((db) =>
  db.execute(sql`select id, hold_rank as rank, extract(epoch from lower(blocked_range)) * 1000 as from,
      extract(epoch from upper(blocked_range)) * 1000 as until
    from ${bookings} where resource_id = ${sql.placeholder('resourceId')} and state = 'hold'`),
)

const setRank = statement<{ id: string; rank: number }, never>((db) =>
  db.execute(sql`update ${bookings} set hold_rank = ${sql.placeholder('rank')} where id = ${sql.placeholder('id')}`),
)
