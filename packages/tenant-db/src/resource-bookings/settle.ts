import type { Booking } from '@tenantry/contracts/resources'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { found } from '../records/found.ts'
import { assertFirst, assertFree, holdsAhead } from './clashes.ts'
import { assertSeen, bookingsOfDate, findBooking } from './find-bookings.ts'
import { noteProlonged, noteRank, noteSettled } from './note-bookings.ts'
import { lockQueues, moveUp, readHolds } from './queue.ts'
import { lastRank, rankBehind } from './ranks.ts'
import { datesOfEvent, lockDate, setExpiry, setHold, setState } from './write-bookings.ts'

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

/**
 * Makes a hold of each booking of an event's dates, the last of its queue: the holds of others were waiting before. One that
 * finds no place there is released. Gives how many holds the dates have then.
 */
export async function holdAgain(acting: Acting, eventId: string): Promise<number> {
  const { executor } = acting
  const bookings = await lockEventBookings(acting, eventId)
  const booked = bookings.filter(({ state }) => state === 'confirmed')
  let held = bookings.length - booked.length
  for (const booking of booked) {
    const span = { from: Date.parse(booking.blockedFrom), until: Date.parse(booking.blockedUntil) }
    const rank = rankBehind(await readHolds(executor, booking.resourceId), span)
    if (rank > lastRank) {
      await releaseAll(acting, [booking])
      continue
    }
    await executor.run(setHold, { id: booking.id, rank })
    await noteRank(acting, booking, rank)
    held++
  }
  return held
}

/** Releases everything that the dates of an event have booked. */
export async function releaseEvent(acting: Acting, eventId: string): Promise<void> {
  await releaseAll(acting, await lockEventBookings(acting, eventId))
}

/** Until when the holds of an event's dates stand; null is until they are released. Those that are over stay so. */
export async function expireHolds(acting: Acting, eventId: string, holdExpiresAt: string | null): Promise<void> {
  const holds = (await lockEventBookings(acting, eventId)).filter(({ state }) => state === 'hold')
  const changed = holds.filter((hold) => hold.holdExpiresAt !== holdExpiresAt)
  await acting.executor.run(setExpiry, { ids: `{${changed.map(({ id }) => id).join()}}`, holdExpiresAt })
  for (const hold of changed) await noteProlonged(acting, hold, holdExpiresAt)
}

/** Of bookings whose resources are locked. */
export async function releaseAll(acting: Acting, bookings: readonly Booking[]): Promise<void> {
  for (const { id } of bookings) await acting.executor.run(setState, { id, state: 'released' })
  await noteSettled(acting, bookings, 'released')
  for (const resourceId of resourcesOf(bookings)) await moveUp(acting, resourceId)
}

async function confirmHold(acting: Acting, booking: Booking, jumpQueue: boolean): Promise<void> {
  const { executor } = acting
  const { id, resourceId, blockedFrom, blockedUntil, holdRank } = booking
  await assertFree(executor, { resourceId, isActive: true, range: `[${blockedFrom},${blockedUntil})` })
  const span = { from: Date.parse(blockedFrom), until: Date.parse(blockedUntil) }
  if (!jumpQueue) assertFirst(holdsAhead(await readHolds(executor, resourceId), span, holdRank ?? 0))
  await executor.run(setState, { id, state: 'confirmed' })
  await moveUp(acting, resourceId)
}

/** The booking as it is once nobody else can change it. It belongs to its date: NOT_FOUND and FORBIDDEN are the date's. */
export async function lockBooking(acting: Acting, id: string): Promise<Booking> {
  const { executor } = acting
  const { resourceId, eventDateId } = assertSeen(await findBooking(executor, id))
  if (eventDateId !== null) {
    const [locked] = await executor.run(lockDate, { id: eventDateId })
    if (locked === undefined) throw new TenantryError('FORBIDDEN')
  }
  await lockQueues(acting, [resourceId])
  return found(await findBooking(executor, id))
}

export async function lockEventBookings(acting: Acting, eventId: string): Promise<Booking[]> {
  const { executor } = acting
  const dates = await executor.run(datesOfEvent, { eventId })
  const standing = async () => {
    const lists = []
    for (const { id } of dates) lists.push(await bookingsOfDate(executor, id))
    return lists.flat()
  }
  await lockQueues(acting, resourcesOf(await standing()))
  // Read again: a hold may have expired or moved up while its resource was waited for.
  return standing()
}

/** Each once, in the order in which everybody locks them. */
export function resourcesOf(bookings: readonly Booking[]): string[] {
  return [...new Set<string>(bookings.map(({ resourceId }) => resourceId))].sort()
}
