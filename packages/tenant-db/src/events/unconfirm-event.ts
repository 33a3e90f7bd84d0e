import type { Acting } from '../records/acting.ts'
import { writeChange } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import { holdAgain } from '../resource-bookings/settle.ts'
import { eventRecord } from './record.ts'

/**
 * An event that was sold and is not any more: what was booked for it is held, behind whoever waits already, so that it is
 * not lost before somebody has decided. It is tentative as long as something is held, and a prospect otherwise. One that is
 * not confirmed stays what it is. Throws NOT_FOUND, FORBIDDEN.
 */
export async function unconfirmEventOf(acting: Acting, eventId: string): Promise<void> {
  const before = await lockAndRead(acting.executor, eventRecord, eventId)
  if (before.status !== 'confirmed' || before.deletedAt !== null) return
  const held = await holdAgain(acting, eventId)
  const changes = { status: held > 0 ? 'tentative' : 'prospect', holdExpiresAt: null }
  await writeChange(acting, eventRecord, before, changes, { action: 'changed' })
}
