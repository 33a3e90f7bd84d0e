import type { AppDb } from '@tenantry/app-db/types'
import { networkOf } from './network-of.ts'

const windowSeconds = 60
/** A page asks a handful of times; an office behind one address opens many. */
const publicCallsPerMinute = 240

/** A provider delivers what comes in for all companies from a few machines. */
const inboundCallsPerMinute = 1_200

/** Throws TOO_MANY_REQUESTS. */
export function takePublicCall(appDb: AppDb, address: string): Promise<void> {
  return appDb.signInThrottle.admit(`public:${networkOf(address)}`, { most: publicCallsPerMinute, windowSeconds })
}

/** Throws TOO_MANY_REQUESTS. */
export function takeInboundCall(appDb: AppDb, address: string): Promise<void> {
  return appDb.signInThrottle.admit(`inbound:${networkOf(address)}`, { most: inboundCallsPerMinute, windowSeconds })
}
