import type { AppDb } from '@tenantry/app-db/types'
import { TenantryError } from '@tenantry/errors'
import { networkOf } from './network-of.ts'

const windowSeconds = 60
/** A page asks a handful of times; an office behind one address opens many. */
export const publicCallsPerMinute = 240

/** A provider delivers what comes in for all companies from a few machines. */
const inboundCallsPerMinute = 1_200

/** Throws TOO_MANY_REQUESTS with `retryAfterSeconds`. The count is shared by all processes and outlives a restart. */
export function takePublicCall(appDb: AppDb, address: string): Promise<void> {
  return take(appDb, `public:${networkOf(address)}`, publicCallsPerMinute)
}

/** Like `takePublicCall`. */
export function takeInboundCall(appDb: AppDb, address: string): Promise<void> {
  return take(appDb, `inbound:${networkOf(address)}`, inboundCallsPerMinute)
}

async function take(appDb: AppDb, key: string, most: number): Promise<void> {
  const [count] = await appDb.signInThrottle.take([key], windowSeconds)
  if (count === undefined || count.failures <= most) return
  throw new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, count.secondsLeft) })
}
