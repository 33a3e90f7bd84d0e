import { TenantryError } from '@tenantry/errors'
import type { AppDb } from '../planes.ts'

const windowSeconds = 60
/** A customer saves a document once or twice; whoever forwards a link has readers. */
export const drawingsPerLink = 20

/**
 * Each PDF takes the whole of a processor for a while. Counted like attempts to sign in, so that all processes and a restart
 * share the count; links that open nothing are never counted here. Throws TOO_MANY_REQUESTS with `retryAfterSeconds`.
 */
export async function takeDrawing(appDb: Pick<AppDb, 'signInThrottle'>, linkHash: Uint8Array): Promise<void> {
  const key = `drawing:${Buffer.from(linkHash).toString('base64url')}`
  const [count] = await appDb.signInThrottle.take([key], windowSeconds)
  if (count === undefined || count.failures <= drawingsPerLink) return
  throw new TenantryError('TOO_MANY_REQUESTS', { retryAfterSeconds: Math.max(1, count.secondsLeft) })
}
