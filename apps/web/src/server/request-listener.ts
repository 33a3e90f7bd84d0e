import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setForwardedHeaders } from './client-address.ts'
import { pageAddressHeader } from './page-address.ts'
import { publicPageHeaders, securityHeaders } from './security-headers.ts'

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export interface ListenerNeeds {
  mode: 'development' | 'production'
  origin: string
  trustedProxyHops: number
  api: Handle
  /** Serves what is below `/api/files/`. */
  files: Handle
  /** Serves what is below `/api/calendar/`, whose addresses hold secrets. */
  calendar: Handle
  /** For programs with a key. */
  rest: Handle
  /** For what providers deliver below `/api/inbound/`. */
  inbound: Handle
  pages: Handle
  /** Answered at once, by path. */
  probes: ReadonlyMap<string, Handle>
  /** Called once per request that failed without an answer. */
  onFailure: (error: unknown) => void
}

/** One listener for everything: calls go past Next, which would cost four to eight times as much; the rest is pages. */
export function requestListener(needs: ListenerNeeds) {
  const forwarded = { hops: needs.trustedProxyHops, origin: needs.origin }
  return (request: IncomingMessage, response: ServerResponse): void => {
    const answerWith = (handle: Handle): void => {
      handle(request, response).catch((error: unknown) => {
        needs.onFailure(error)
        if (response.headersSent) return void response.destroy()
        response.statusCode = 500
        response.end()
      })
    }
    const nonce = randomBytes(16).toString('base64')
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const headers = {
      ...securityHeaders(needs.mode, nonce),
      ...(path.startsWith('/public/') ? publicPageHeaders : undefined),
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    // Next says so for pages by itself, but not for its routes. Files with a hash in their name may be kept for ever.
    if (!path.startsWith('/_next/')) response.setHeader('cache-control', 'private, no-store')
    const probe = needs.probes.get(path)
    if (probe) return answerWith(probe)
    if (path.startsWith('/api/v1/')) return answerWith(needs.rest)
    if (path.startsWith('/api/calendar/')) return answerWith(needs.calendar)
    if (isTooLarge(request)) {
      response.statusCode = 413
      return void response.end()
    }
    setForwardedHeaders(request, forwarded)
    // Next takes the nonce for its own scripts from the policy in the request; what the caller sent there is overwritten.
    request.headers['content-security-policy'] = headers['content-security-policy']
    request.headers['x-nonce'] = nonce
    request.headers[pageAddressHeader] = request.url ?? '/'
    answerWith(handlerFor(path, needs))
  }
}

function handlerFor(path: string, { api, files, inbound, pages }: ListenerNeeds): Handle {
  if (path.startsWith('/api/trpc/')) return api
  if (path.startsWith('/api/inbound/')) return inbound
  return path.startsWith('/api/files/') ? files : pages
}

/** Pages take nothing larger than a sign-in. The API has limits of its own and says so in its own words. */
const maxPageBodyBytes = 16_384

function isTooLarge({ method, url, headers }: IncomingMessage): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  // The development server sends itself stack traces.
  if (/^\/(api\/trpc\/|api\/files\/|api\/inbound\/|__nextjs_)/.test(url ?? '')) return false
  return !(Number(headers['content-length'] ?? NaN) <= maxPageBodyBytes)
}
