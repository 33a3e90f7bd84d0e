import type { IncomingMessage } from 'node:http'

/**
 * Replaces what the caller says about its own network address by what is known: the end of its connection, or with
 * `hops` trusted proxies the entry that the outermost of them appended to X-Forwarded-For. Everything behind this server
 * (next-auth, the throttle of sign-ins) may then believe the header.
 */
export function setForwardedHeaders(
  request: IncomingMessage,
  { hops, origin }: { hops: number; origin: string },
): void {
  const address = clientAddress(request.headers['x-forwarded-for'], request.socket.remoteAddress, hops)
  for (const name of Object.keys(request.headers)) {
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete request.headers[name]
  }
  if (address !== undefined) request.headers['x-forwarded-for'] = address
  const { host, protocol } = new URL(origin)
  request.headers['x-forwarded-host'] = host
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
}

/** Proxies append, so only the last `hops` entries are not the caller's own invention. */
export function clientAddress(
  forwardedFor: string | string[] | undefined,
  socketAddress: string | undefined,
  hops: number,
): string | undefined {
  const said = (Array.isArray(forwardedFor) ? forwardedFor.join(',') : (forwardedFor ?? '')).split(',')
  const named = hops === 0 ? '' : (said.at(-hops)?.trim() ?? '')
  return named === '' ? socketAddress : named
}
