import type { RefResult } from '@tenantry/contracts/bulk'
import type { BookingId } from '@tenantry/contracts/ids'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { eachRef } from '../bulk/each-row.ts'

/**
 * Does the same to many bookings, each in a part that can fail alone: see `eachRow`. The dates and the resources of all of them
 * are locked before the first has its turn: many bookings share them, so that nobody would lock them in one order otherwise.
 */
export async function eachBooking(
  tenantDb: TenantDb,
  rows: readonly { id: BookingId }[],
  work: (db: TenantDb, row: { id: BookingId }) => Promise<unknown>,
): Promise<RefResult[]> {
  await tenantDb.bookings.lockMany(rows.map(({ id }) => id))
  return eachRef(tenantDb, rows, work)
}
