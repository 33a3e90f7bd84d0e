import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import { assertRank } from './book.ts'
import { assertFree } from './clashes.ts'
import { bookingsOfDate } from './find-bookings.ts'
import { noteRank } from './note-bookings.ts'
import { lockQueues, moveUp, readHolds } from './queue.ts'
import { rankBehind } from './ranks.ts'
import { releaseAll, resourcesOf } from './settle.ts'
import { slotsOf } from './slot.ts'
import { spanOf } from './span.ts'
import { moveBooking } from './write-bookings.ts'

/** What a date's bookings follow. */
export const timing = [
  'localDate',
  'startTime',
  'endTime',
  'endsNextDay',
  'setupMinutes',
  'teardownMinutes',
  'timeZone',
]

/**
 * Moves what is booked for a date to the date's new time, or releases it when the date no longer takes place. A hold that
 * moves joins the queue of its new slot at the end. Throws CONFLICT when a confirmed booking would clash there.
 */
export async function followDate(acting: Acting, eventDateId: string, changes: Fields): Promise<void> {
  const isOff = changes['status'] === 'cancelled' || (changes['deletedAt'] ?? null) !== null
  if (!isOff && !timing.some((field) => field in changes)) return
  const { executor } = acting
  const resourceIds = resourcesOf(await bookingsOfDate(executor, eventDateId))
  if (resourceIds.length === 0) return
  await lockQueues(acting, resourceIds)
  const standing = await bookingsOfDate(executor, eventDateId)
  if (isOff) return releaseAll(acting, standing)
  const slots = await slotsOf(executor, { eventDateId, resourceIds: `{${resourceIds.join()}}` })
  for (const booking of standing) {
    const slot = slots.find(({ resourceId }) => resourceId === booking.resourceId)
    if (slot === undefined) continue
    let holdRank: number | null = null
    if (booking.state === 'confirmed') await assertFree(executor, slot, booking.id)
    else {
      const others = (await readHolds(executor, slot.resourceId)).filter(({ id }) => id !== booking.id)
      holdRank = assertRank(rankBehind(others, spanOf(slot.range)))
    }
    await executor.run(moveBooking, { id: booking.id, range: slot.range, holdRank })
    if (holdRank !== null && holdRank !== booking.holdRank) await noteRank(acting, booking, holdRank)
  }
  for (const resourceId of resourceIds) await moveUp(acting, resourceId)
}
