import type { Event, EventStatusInput } from '@tenantry/contracts/events'
import type { TenantDb } from '@tenantry/tenant-db/types'

/**
 * Brings an event into a status and its bookings with it: confirming turns every hold into a booking or, when one of them
 * clashes, changes nothing; an event that does not take place (yet) gives its slots back. Throws NOT_FOUND, STALE_WRITE,
 * RULE_VIOLATED for a status that may not follow, and CONFLICT with what is in the way.
 */
export async function setEventStatus(db: TenantDb, input: EventStatusInput): Promise<Event> {
  const event = await db.events.setStatus(input)
  switch (event.status) {
    case 'tentative':
      await db.bookings.expireHolds(event.id, event.holdExpiresAt)
      break
    case 'confirmed':
      await db.bookings.confirmEvent(event.id)
      break
    case 'prospect':
    case 'cancelled':
    case 'postponed':
      await db.bookings.releaseEvent(event.id)
      break
    case 'in_progress':
    case 'completed':
  }
  return event
}
