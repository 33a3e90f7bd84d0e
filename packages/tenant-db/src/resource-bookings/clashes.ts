import type { Executor } from '@tenantry/connections/database'
import type { Booking } from '@tenantry/contracts/resources'
import { TenantryError } from '@tenantry/errors'
import { confirmedIn } from './find-bookings.ts'
import { overlaps, type Held } from './ranks.ts'
import type { Slot } from './slot.ts'

/** Throws CONFLICT with the bookings and blackouts that have a slot already. The resource is locked, so the answer stays true. */
export async function assertFree(executor: Executor, slot: Slot, own?: string): Promise<void> {
  const found = await confirmedIn(executor, { resourceIds: `{${slot.resourceId}}`, range: slot.range })
  const others = found.filter(({ id }) => id !== own)
  if (others.length === 0) return
  throw new TenantryError('CONFLICT', {
    message: 'This resource is taken at that time.',
    data: { reason: 'taken', bookings: others.map(clash) },
  })
}

/** Throws CONFLICT when other holds are in front. */
export function assertFirst(ahead: readonly Held[]): void {
  if (ahead.length === 0) return
  throw new TenantryError('CONFLICT', {
    message: 'Somebody else holds this resource before you.',
    data: { reason: 'queue', bookings: ahead.map(({ id, rank }) => ({ id, holdRank: rank })) },
  })
}

/** The holds that overlap a span and come before a rank; without a rank all that overlap it. */
export function holdsAhead(holds: readonly Held[], span: Pick<Held, 'from' | 'until'>, rank = Infinity): Held[] {
  return holds.filter((hold) => hold.rank < rank && overlaps(hold, span))
}

function clash({ id, resourceName, eventTitle, reason, blockedFrom, blockedUntil }: Booking) {
  return { id, resourceName, eventTitle, reason, blockedFrom, blockedUntil }
}
