import type { CalendarFeedId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import type { AppDb } from '../planes.ts'

const windowSeconds = 60
/** A calendar asks every few minutes at most; a person who waits for it to be new asks some times more. */
export const readingsPerFeed = 12

/** Counted like attempts to sign in, so that all processes share the count. Throws TOO_MANY_REQUESTS with `retryAfterSeconds`. */
export async function takeReading(appDb: Pick<AppDb, 'signInThrottle'>, id: CalendarFeedId): Promise<void> {
  const [count] = await appDb.signInThrottle.take([`calendar:${id}`], windowSeconds)
  if (count === undefined || count.failures <= readingsPerFeed) return
  throw new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, count.secondsLeft) })
}
