import { TenantryError } from '@tenantry/errors'
import type { AppDb } from '../planes.ts'

const windowSeconds = 60
const diagnosesPerTenant = 12

/**
 * Each diagnosis opens a connection and counts every table. Counted in the application database like attempts to sign in,
 * so that all processes and a restart share the count. Throws TOO_MANY_REQUESTS with `retryAfterSeconds`.
 */
export async function takeDiagnosis(appDb: Pick<AppDb, 'signInThrottle'>, tenantId: string): Promise<void> {
  const [count] = await appDb.signInThrottle.take([`diagnosis:${tenantId}`], windowSeconds)
  if (count === undefined || count.failures <= diagnosesPerTenant) return
  throw new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, count.secondsLeft) })
}
