import type { IncomingMessage } from 'node:http'
import { TenantryError } from '@tenantry/errors'

/**
 * Refuses what a page of another site makes a browser send with our cookie: CROSS_SITE_REQUEST. Browsers send
 * `Sec-Fetch-Site` to secure origins and `Origin` with each POST; a client that sends neither is no browser and carries
 * no cookie it was tricked into. A read may also come from the address bar (`none`).
 */
export function assertSameSite(request: IncomingMessage, ownOrigin: string): void {
  const site = request.headers['sec-fetch-site']
  assertSentBySameSite({ site: site === undefined ? null : String(site), method: request.method })
  const { origin } = request.headers
  if (origin !== undefined && origin !== ownOrigin) throw new TenantryError('CROSS_SITE_REQUEST')
}

/** What the browser itself says of where a request comes from; `null` where it says nothing. Throws CROSS_SITE_REQUEST. */
export function assertSentBySameSite({ site, method }: { site: string | null; method: string | undefined }): void {
  const fromAddressBar = site === 'none' && method === 'GET'
  if (site !== null && site !== 'same-origin' && !fromAddressBar) throw new TenantryError('CROSS_SITE_REQUEST')
}
