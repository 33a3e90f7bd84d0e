import type { AppDb } from '../planes.ts'

const windowSeconds = 60
const diagnosesPerTenant = 12

/** Each diagnosis opens a connection and counts every table. Throws TOO_MANY_REQUESTS. */
export function takeDiagnosis(appDb: Pick<AppDb, 'signInThrottle'>, tenantId: string): Promise<void> {
  return appDb.signInThrottle.admit(`diagnosis:${tenantId}`, { most: diagnosesPerTenant, windowSeconds })
}
