import type { Booking } from '@tenantry/contracts/resources'
import type { Acting } from '../records/acting.ts'
import { noteChange } from '../records/history.ts'

type Settled = Pick<Booking, 'id' | 'resourceId' | 'eventDateId' | 'state' | 'holdRank'>

/** What became of bookings: a line in the history of each date, or of the resource for a blackout. */
export async function noteSettled(
  acting: Acting,
  bookings: readonly Settled[],
  to: 'confirmed' | 'released',
): Promise<void> {
  for (const booking of bookings) {
    const action = to === 'released' ? 'released' : 'booked'
    await noteBooking(acting, booking, { action, to: { state: to, holdRank: null } })
  }
}

/** Of a hold whose time was over. Nobody did it, whoever came by and saw it. */
export async function noteExpired(
  { executor, actor }: Acting,
  hold: Settled & { holdExpiresAt: string },
): Promise<void> {
  const system: Acting = { executor, actor: { id: null, kind: 'system', requestId: actor.requestId } }
  const holdExpiresAt = { from: hold.holdExpiresAt, to: null }
  const to = { state: 'released', holdRank: null }
  await noteBooking(system, hold, { action: 'released', to, more: { holdExpiresAt } })
}

/** Of a hold that stands for longer or less long. */
export function noteProlonged(acting: Acting, hold: Settled & Pick<Booking, 'holdExpiresAt'>, to: string | null) {
  const { state, holdRank } = hold
  const more = { holdExpiresAt: { from: hold.holdExpiresAt, to } }
  return noteBooking(acting, hold, { action: 'changed', to: { state, holdRank }, more })
}

/** Of a hold for which others have made room, that has joined another queue with its date, or that was a booking before. */
export function noteRank(acting: Acting, hold: Settled, holdRank: number): Promise<void> {
  return noteBooking(acting, hold, { action: 'moved', to: { state: 'hold', holdRank } })
}

async function noteBooking(
  acting: Acting,
  { id, resourceId, eventDateId, state, holdRank }: Settled,
  {
    action,
    to,
    more,
  }: {
    action: 'booked' | 'released' | 'moved' | 'changed'
    to: { state: string; holdRank: number | null }
    more?: Record<string, { from: unknown; to: unknown }>
  },
): Promise<void> {
  const diff = { booking: { from: { id, resourceId, state, holdRank }, to: { id, resourceId, ...to } }, ...more }
  const about =
    eventDateId === null
      ? { entity: 'resource', entityId: resourceId }
      : { entity: 'event_date', entityId: eventDateId }
  await noteChange(acting, { ...about, action, diff })
}
