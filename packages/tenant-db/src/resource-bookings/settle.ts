import type { Booking } from '@tenantry/contracts/resources'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { found } from '../records/found.ts'
import { noteChange } from '../records/history.ts'
import { assertFirst, assertFree, holdsAhead } from './clashes.ts'
import { bookingsOfDate, findBooking } from './find-bookings.ts'
import { lockQueues, moveUp, readHolds } from './queue.ts'
import { datesOfEvent, lockDate, setExpiry, setState } from './write-bookings.ts'

/** Turns a hold into a booking. Throws NOT_FOUND, RULE_VIOLATED for what is no hold (any more), CONFLICT for what is taken. */
export async function confirmBooking(acting: Acting, of: { id: string; jumpQueue: boolean }): Promise<Booking> {
  const booking = await lockBooking(acting, of.id)
  if (booking.state !== 'hold') {
    throw new TenantryError('RULE_VIOLATED', { message: 'Only a hold that still stands can be confirmed.' })
  }
  await confirmHold(acting, booking, of.jumpQueue)
  await noteSettled(acting, [booking], 'confirmed')
  return found(await findBooking(acting.executor, of.id))
}

/** Gives a slot back; the holds behind move up. Releasing twice changes nothing. Throws NOT_FOUND. */
export async function releaseBooking(acting: Acting, id: string): Promise<Booking> {
  const booking = await lockBooking(acting, id)
  if (booking.state !== 'released') await releaseAll(acting, [booking])
  return found(await findBooking(acting.executor, id))
}

/** Confirms every hold of an event's dates, or none: CONFLICT names what is in the way. */
export async function confirmEvent(acting: Acting, eventId: string): Promise<void> {
  const holds = (await lockEventBookings(acting, eventId)).filter(({ state }) => state === 'hold')
  for (const booking of holds) await confirmHold(acting, booking, false)
  await noteSettled(acting, holds, 'confirmed')
}

/** Releases everything that the dates of an event have booked. */
export async function releaseEvent(acting: Acting, eventId: string): Promise<void> {
  await releaseAll(acting, await lockEventBookings(acting, eventId))
}

/** Until when the holds of an event's dates stand; null is until they are released. */
export async function expireHolds(acting: Acting, eventId: string, holdExpiresAt: string | null): Promise<void> {
  const dates = await acting.executor.run(datesOfEvent, { eventId })
  await acting.executor.run(setExpiry, { eventDateIds: `{${dates.map(({ id }) => id).join()}}`, holdExpiresAt })
}

/** Of bookings whose resources are locked. */
export async function releaseAll(acting: Acting, bookings: readonly Booking[]): Promise<void> {
  for (const { id } of bookings) await acting.executor.run(setState, { id, state: 'released' })
  for (const resourceId of resourcesOf(bookings)) await moveUp(acting.executor, resourceId)
  await noteSettled(acting, bookings, 'released')
}

async function confirmHold({ executor }: Acting, booking: Booking, jumpQueue: boolean): Promise<void> {
  const { id, resourceId, blockedFrom, blockedUntil, holdRank } = booking
  await assertFree(executor, { resourceId, isActive: true, range: `[${blockedFrom},${blockedUntil})` })
  const span = { from: Date.parse(blockedFrom), until: Date.parse(blockedUntil) }
  if (!jumpQueue) assertFirst(holdsAhead(await readHolds(executor, resourceId), span, holdRank ?? 0))
  await executor.run(setState, { id, state: 'confirmed' })
  await moveUp(executor, resourceId)
}

/** The booking as it is once nobody else can change it. It belongs to its date: NOT_FOUND and FORBIDDEN are the date's. */
async function lockBooking({ executor }: Acting, id: string): Promise<Booking> {
  const { resourceId, eventDateId, reason } = found(await findBooking(executor, id))
  if (eventDateId !== null) {
    const [locked] = await executor.run(lockDate, { id: eventDateId })
    if (locked === undefined) throw new TenantryError('FORBIDDEN')
  } else if (reason === null) throw new TenantryError('NOT_FOUND')
  await lockQueues(executor, [resourceId])
  return found(await findBooking(executor, id))
}

async function lockEventBookings({ executor }: Acting, eventId: string): Promise<Booking[]> {
  const dates = await executor.run(datesOfEvent, { eventId })
  const standing = async () => {
    const lists = []
    for (const { id } of dates) lists.push(await bookingsOfDate(executor, id))
    return lists.flat()
  }
  await lockQueues(executor, resourcesOf(await standing()))
  // Read again: a hold may have expired or moved up while its resource was waited for.
  return standing()
}

/** Each once, in the order in which everybody locks them. */
export function resourcesOf(bookings: readonly Booking[]): string[] {
  return [...new Set<string>(bookings.map(({ resourceId }) => resourceId))].sort()
}

/** A line in the history of each date, or of the resource for a blackout. */
async function noteSettled(acting: Acting, bookings: readonly Booking[], to: 'confirmed' | 'released'): Promise<void> {
  for (const { resourceId, eventDateId, state, holdRank } of bookings) {
    const diff = { booking: { from: { resourceId, state, holdRank }, to: { resourceId, state: to, holdRank: null } } }
    const about =
      eventDateId === null
        ? { entity: 'resource', entityId: resourceId }
        : { entity: 'event_date', entityId: eventDateId }
    await noteChange(acting, { ...about, action: to === 'released' ? 'released' : 'booked', diff })
  }
}
