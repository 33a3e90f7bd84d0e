import type { EventId } from '@tenantry/contracts/ids'
import type { TenantDb } from '@tenantry/tenant-db/types'

/**
 * Releases the holds of an event that are over. A tentative one of which nothing is held or booked any more is a prospect
 * again; one that keeps something, since a hold was given more time than the others, stays tentative for as long. Throws
 * NOT_FOUND.
 */
export async function expireEvent(db: TenantDb, id: EventId): Promise<void> {
  const { version, status, deletedAt, holdExpiresAt } = await db.events.lock(id)
  const { standing, at } = await db.bookings.releaseExpiredOf(id)
  // Confirmed or cancelled by somebody who was faster.
  if (status !== 'tentative' || deletedAt !== null) return
  if (standing.length === 0) await db.events.setStatus({ id, version, status: 'prospect' })
  else if (holdExpiresAt !== null && Date.parse(holdExpiresAt) <= Date.parse(at)) {
    await db.events.setStatus({ id, version, status: 'tentative', ...untilOf(standing) })
  }
}

/** Until the first of them is over; without an end when one of them has none. */
function untilOf(standing: readonly { holdExpiresAt: string | null }[]): { holdExpiresAt?: string } {
  const ends = standing.flatMap(({ holdExpiresAt }) => holdExpiresAt ?? [])
  const [first] = ends.toSorted((a, b) => Date.parse(a) - Date.parse(b))
  return first === undefined || ends.length < standing.length ? {} : { holdExpiresAt: first }
}
