import type { Booking, BookingInput, BlackoutInput } from '@tenantry/contracts/resources'
import { TenantryError } from '@tenantry/errors'
import { v7 } from 'uuid'
import type { Acting } from '../records/acting.ts'
import { noteChange } from '../records/history.ts'
import { assertFirst, assertFree, holdsAhead } from './clashes.ts'
import { bookingsOfDate, findBooking } from './find-bookings.ts'
import { lockQueues, readHolds } from './queue.ts'
import { lastRank, rankBehind } from './ranks.ts'
import { resourcesIn, slotsOf, type Slot } from './slot.ts'
import { spanOf } from './span.ts'
import { insertBooking, lockDates } from './write-bookings.ts'

/**
 * Books a resource for a date, and with a combo every member. First the date is locked, then the resources in the order of
 * their ids: everybody does it in this order. Throws RULE_VIOLATED for what cannot be booked, CONFLICT for what is taken.
 */
export async function bookResource(acting: Acting, input: BookingInput): Promise<Booking[]> {
  const { executor } = acting
  const [date] = await executor.run(lockDates, { eventDateIds: `{${input.eventDateId}}` })
  if (date === undefined) throw refused('eventDateId', 'There is no such date.')
  const wanted = (await resourcesIn(executor, input.resourceId)).map(({ id }) => id)
  if (wanted.length === 0) throw refused('resourceId', 'There is no such resource.')
  await lockQueues(acting, wanted)
  const slots = await slotsOf(executor, { eventDateId: date.id, resourceIds: `{${wanted.join()}}` })
  if (slots.length < wanted.length) throw refused('eventDateId', 'This date does not take place.')
  if (slots.some(({ isActive }) => !isActive)) throw refused('resourceId', 'This resource is not in use.')
  const standing = new Set((await bookingsOfDate(executor, date.id)).map(({ resourceId }) => resourceId as string))
  if (wanted.some((id) => standing.has(id))) {
    throw new TenantryError('CONFLICT', { message: 'This date has the resource already.', data: { reason: 'own' } })
  }
  const booked: Booking[] = []
  for (const slot of slots) booked.push(await bookSlot(acting, slot, input))
  await noteChange(acting, {
    entity: 'event_date',
    entityId: date.id,
    action: 'booked',
    diff: {
      bookings: {
        from: null,
        to: booked.map(({ id, resourceId, state, holdRank }) => ({ id, resourceId, state, holdRank })),
      },
    },
  })
  return booked
}

async function bookSlot(acting: Acting, slot: Slot, input: BookingInput): Promise<Booking> {
  const { executor, actor } = acting
  const holds = await readHolds(executor, slot.resourceId)
  const span = spanOf(slot.range)
  let holdRank: number | null = null
  if (input.state === 'confirmed') {
    await assertFree(executor, slot)
    if (!input.jumpQueue) assertFirst(holdsAhead(holds, span))
  } else holdRank = assertRank(rankBehind(holds, span))
  const id = v7()
  await executor.run(insertBooking, {
    id,
    resourceId: slot.resourceId,
    eventDateId: input.eventDateId,
    state: input.state,
    holdRank,
    holdExpiresAt: input.state === 'hold' ? (input.holdExpiresAt ?? null) : null,
    reason: null,
    range: slot.range,
    actorId: actor.id,
  })
  return written(await findBooking(executor, id))
}

/** Takes a resource out of use for a time. Throws CONFLICT when it is booked then. */
export async function blackOut(acting: Acting, input: BlackoutInput): Promise<Booking> {
  const { executor, actor } = acting
  const { resourceId, from, until, reason } = input
  const [resource] = await resourcesIn(executor, resourceId)
  if (resource === undefined) throw refused('resourceId', 'There is no such resource.')
  if (Date.parse(from) >= Date.parse(until)) throw refused('until', 'The end has to be after the start.')
  await lockQueues(acting, [resourceId])
  const range = `[${from},${until})`
  await assertFree(executor, { resourceId, isActive: true, range })
  const id = v7()
  await executor.run(insertBooking, {
    id,
    resourceId,
    eventDateId: null,
    state: 'confirmed',
    holdRank: null,
    holdExpiresAt: null,
    reason,
    range,
    actorId: actor.id,
  })
  const diff = { blackout: { from: null, to: { id, from, until, reason } } }
  await noteChange(acting, { entity: 'resource', entityId: resourceId, action: 'booked', diff })
  return written(await findBooking(executor, id))
}

/** Throws CONFLICT when nine others wait already, as many as a queue has ranks. */
export function assertRank(rank: number): number {
  if (rank <= lastRank) return rank
  throw new TenantryError('CONFLICT', { message: 'Nine others hold this resource already.', data: { reason: 'full' } })
}

function refused(field: string, message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field } })
}

/** What was written a moment ago in this very transaction. */
function written(booking: Booking | undefined): Booking {
  if (booking === undefined) throw new TenantryError('INTERNAL', { detail: { reason: 'a booking was not written' } })
  return booking
}
