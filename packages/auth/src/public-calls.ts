import type { AppDb } from '@tenantry/app-db/types'
import { TenantryError } from '@tenantry/errors'
import { networkOf } from './network-of.ts'

const windowSeconds = 60
/** A page asks a handful of times; an office behind one address opens many. */
export const publicCallsPerMinute = 240

/** Throws TOO_MANY_REQUESTS with `retryAfterSeconds`. The count is shared by all processes and outlives a restart. */
export async function takePublicCall(appDb: AppDb, address: string): Promise<void> {
  const [count] = await appDb.signInThrottle.take([`public:${networkOf(address)}`], windowSeconds)
  if (count === undefined || count.failures <= publicCallsPerMinute) return
  throw new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, count.secondsLeft) })
}
