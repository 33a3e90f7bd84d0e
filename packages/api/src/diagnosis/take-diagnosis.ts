import type { AppDb } from '../planes.ts'

const windowSeconds = 60
const diagnosesPerTenant = 12

/**
 * Each diagnosis opens a connection and counts every table. Operators have a count of their own, so that a company cannot
 * use up theirs. Throws TOO_MANY_REQUESTS.
 */
export function takeDiagnosis(
  appDb: Pick<AppDb, 'signInThrottle'>,
  { tenantId, by }: { tenantId: string; by: 'tenant' | 'operator' },
): Promise<void> {
  return appDb.signInThrottle.admit(`diagnosis:${by}:${tenantId}`, { most: diagnosesPerTenant, windowSeconds })
}
