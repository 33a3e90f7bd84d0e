import type { IncomingMessage } from 'node:http'

/** The API key that a program sends (RFC 6750). */
export function bearerIn({ headers }: IncomingMessage): string | undefined {
  return /^Bearer ([\w-]{1,200})$/i.exec(headers.authorization ?? '')?.[1]
}
