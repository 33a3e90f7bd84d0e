import type { HoldTurns } from '@tenantry/app-db/types'
import type { TenantId } from '@tenantry/contracts/ids'
import { expireEvent } from '@tenantry/crm/expire-event'
import type { DataSources, TenantDb } from '@tenantry/data-sources'
import { isTenantryError, TenantryError } from '@tenantry/errors'

export interface HoldNeeds {
  app: { holdTurns: HoldTurns }
  dataSources: Pick<DataSources, 'withTenantWriter'>
}

/** Events and resources of one turn; what is over beyond them waits for the next one, which comes at once. */
const most = 200

/**
 * One tenant's turn: the holds that are over are released, each event and each resource in a transaction of its own, so that
 * one that fails holds up no other. Throws for a turn that is worth another.
 */
export async function expireHolds(
  { app, dataSources }: HoldNeeds,
  { tenantId }: { tenantId: TenantId },
  { requestId }: { requestId: string },
): Promise<void> {
  const write = async <T>(work: (db: TenantDb) => Promise<T>, how?: { isUntold: true }): Promise<T | undefined> => {
    // A grant lives for a minute, and the tenant may be suspended or moved meanwhile.
    const grant = await app.holdTurns.open(tenantId, { requestId })
    return grant && (await dataSources.withTenantWriter(grant, work, how))
  }
  const expired = await write((db) => db.bookings.findExpired({ most }), { isUntold: true })
  if (expired === undefined) return
  const { eventIds, resourceIds, nextInSeconds } = expired
  const works: ((db: TenantDb) => Promise<void>)[] = [
    ...eventIds.map((id) => (db: TenantDb) => expireEvent(db, id)),
    ...resourceIds.map((id) => (db: TenantDb) => db.bookings.releaseExpiredIn(id)),
  ]
  const failures: unknown[] = []
  for (const work of works) await write(work).catch((error: unknown) => failures.push(error))
  const isAll = eventIds.length < most && resourceIds.length < most
  const inSeconds = isAll ? nextInSeconds : 0
  if (inSeconds !== null) await app.holdTurns.lookAgain(tenantId, { inSeconds: Math.min(inSeconds, longestSeconds) })
  if (failures.length > 0) throw withoutData(failures[0])
}

/** Beyond it the next visit comes anyway; and what is added to a time has to stay one. */
const longestSeconds = 30 * 86_400

/** The queue keeps what a job throws: a code and no more. */
function withoutData(error: unknown): TenantryError {
  const code = isTenantryError(error) ? error.code : 'INTERNAL'
  return new TenantryError(code, { message: `Holds could not be released: ${code}.` })
}
