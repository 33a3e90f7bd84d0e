import type { IncomingMessage, ServerResponse } from 'node:http'
import { securityHeaders } from './security-headers.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** One listener for everything: calls go past Next, which would cost four to eight times as much; the rest is pages. */
export function requestListener(needs: { mode: 'development' | 'production'; api: Handle; pages: Handle }) {
  const headers = securityHeaders(needs.mode)
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const path = (request.url ?? '/').split('?', 1)[0]
    if (path === '/healthz') {
      response.setHeader('cache-control', 'no-store')
      response.end('ok')
      return
    }
    const handle = path?.startsWith('/api/trpc/') ? needs.api : needs.pages
    handle(request, response).catch(() => {
      if (response.headersSent) return void response.destroy()
      response.statusCode = 500
      response.end()
    })
  }
}
