import type { IncomingMessage } from 'node:http'
import { TenantryError } from '@tenantry/errors'

/**
 * Refuses what a page of another site makes a browser send with our cookie: CROSS_SITE_REQUEST. Browsers send
 * `Sec-Fetch-Site` to secure origins and `Origin` with each POST; a client that sends neither is no browser and carries
 * no cookie it was tricked into. A read may also come from the address bar (`none`).
 */
export function assertSameSite(request: IncomingMessage, ownOrigin: string): void {
  const site = request.headers['sec-fetch-site']
  const fromAddressBar = site === 'none' && request.method === 'GET'
  if (site !== undefined && site !== 'same-origin' && !fromAddressBar) throw new TenantryError('CROSS_SITE_REQUEST')
  const { origin } = request.headers
  if (origin !== undefined && origin !== ownOrigin) throw new TenantryError('CROSS_SITE_REQUEST')
}
