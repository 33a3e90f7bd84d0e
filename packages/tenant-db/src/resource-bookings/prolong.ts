import type { Booking } from '@tenantry/contracts/resources'
import { TenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { transactionTime } from '../records/change-record.ts'
import { found } from '../records/found.ts'
import { findBooking } from './find-bookings.ts'
import { noteProlonged } from './note-bookings.ts'
import { lockBooking } from './settle.ts'
import { setExpiry } from './write-bookings.ts'

/** Until when one hold stands, whatever its event says of the others; null is until it is released. */
export async function prolongHold(
  acting: Acting,
  { id, holdExpiresAt }: { id: string; holdExpiresAt: string | null },
): Promise<Booking> {
  const before = await lockBooking(acting, id)
  if (before.state !== 'hold') throw refused('Only a hold that still stands has a time until which it does.')
  if (holdExpiresAt !== null && Date.parse(holdExpiresAt) <= Date.parse(await transactionTime(acting.executor))) {
    throw refused('This time is over. Release the hold instead.')
  }
  await acting.executor.run(setExpiry, { ids: `{${id}}`, holdExpiresAt })
  const after = found(await findBooking(acting.executor, id))
  if (after.holdExpiresAt !== before.holdExpiresAt) await noteProlonged(acting, before, after.holdExpiresAt)
  return after
}

function refused(message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field: 'holdExpiresAt' } })
}
