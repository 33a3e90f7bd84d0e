import type { AppDb } from '../planes.ts'

const windowSeconds = 60
/** A customer saves a document once or twice; whoever forwards a link has readers. */
const drawingsPerLink = 20

/**
 * Each PDF takes the whole of a processor for a while. Links that open nothing are never counted here. Throws
 * TOO_MANY_REQUESTS.
 */
export function takeDrawing(appDb: Pick<AppDb, 'signInThrottle'>, linkHash: Uint8Array): Promise<void> {
  const key = `drawing:${Buffer.from(linkHash).toString('base64url')}`
  return appDb.signInThrottle.admit(key, { most: drawingsPerLink, windowSeconds })
}
