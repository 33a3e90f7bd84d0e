import type { IncomingMessage } from 'node:http'
import type { RequestFacts } from '../procedures/context.ts'

/** What a browser's request says about itself, but for its own writes. */
export function factsOf({
  headers,
  socket,
}: IncomingMessage): Pick<RequestFacts, 'cookieHeader' | 'assertedTenantId' | 'calledFrom'> {
  return {
    cookieHeader: headers.cookie,
    assertedTenantId: oneValue(headers['x-tenantry-tenant']),
    calledFrom: {
      forwardedFor: oneValue(headers['x-forwarded-for']),
      remoteAddress: socket.remoteAddress,
      userAgent: headers['user-agent'],
    },
  }
}

export function oneValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header
}
