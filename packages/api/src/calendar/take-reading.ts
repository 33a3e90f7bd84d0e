import type { CalendarFeedId } from '@tenantry/contracts/ids'
import type { AppDb } from '../planes.ts'

const windowSeconds = 60
/** A calendar asks every few minutes at most; a person who waits for it to be new asks some times more. */
const readingsPerFeed = 12

/** Throws TOO_MANY_REQUESTS. */
export function takeReading(appDb: Pick<AppDb, 'signInThrottle'>, id: CalendarFeedId): Promise<void> {
  return appDb.signInThrottle.admit(`calendar:${id}`, { most: readingsPerFeed, windowSeconds })
}
