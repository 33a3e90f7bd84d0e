import { SessionId } from '@tenantry/contracts/ids'
import { LRUCache } from 'lru-cache'
import { createDecipheriv, hkdfSync } from 'node:crypto'

/**
 * Browsers send `__Host-` cookies over https only and take them from this very host only: no site on a sibling domain can
 * plant its own session into our users' browsers.
 */
export function sessionCookieName(origin: string): string {
  return origin.startsWith('https:') ? '__Host-next-auth.session-token' : 'next-auth.session-token'
}

/**
 * Reads the session id out of next-auth's cookie (compact JWE, `dir`, A256GCM), with the key derived once: next-auth's
 * own `decode` derives it on each call, which costs ten times as much. What a good cookie says is remembered, since a
 * browser sends the same one with every request and opening it costs a tenth of a get; whether the session still lives is
 * for the database to say. Anything forged, foreign or expired is undefined.
 */
export function sessionCookieReader({ sessionSecret, origin }: { sessionSecret: string; origin: string }) {
  const name = sessionCookieName(origin)
  // The salt and info of next-auth/jwt.
  const key = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'NextAuth.js Generated Encryption Key', 32))
  const known = new LRUCache<string, Opened>({ max: 5_000 })
  return (cookieHeader: string | undefined): SessionId | undefined => {
    const token = cookieHeader === undefined ? undefined : cookieValue(cookieHeader, name)
    if (token === undefined) return undefined
    const opened = known.get(token) ?? openToken(token, key)
    if (opened === undefined || opened.expiresAt <= Date.now()) return undefined
    known.set(token, opened)
    return opened.sessionId
  }
}

interface Opened {
  sessionId: SessionId
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** next-auth splits a long cookie into `name.0`, `name.1`, …. */
function cookieValue(header: string, name: string): string | undefined {
  const chunks: [number, string][] = []
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    const key = pair.slice(0, at).trim()
    if (key === name) return pair.slice(at + 1).trim()
    if (key.startsWith(`${name}.`)) chunks.push([Number(key.slice(name.length + 1)), pair.slice(at + 1).trim()])
  }
  if (chunks.length === 0) return undefined
  return chunks
    .toSorted(([a], [b]) => a - b)
    .map(([, chunk]) => chunk)
    .join('')
}

function openToken(token: string, key: Buffer): Opened | undefined {
  const [header, wrappedKey, iv, ciphertext, tag, ...rest] = token.split('.')
  if (!header || wrappedKey !== '' || !iv || !ciphertext || !tag || rest.length > 0) return undefined
  try {
    const algorithm: unknown = JSON.parse(fromBase64(header).toString())
    if (!isRecord(algorithm) || algorithm['alg'] !== 'dir' || algorithm['enc'] !== 'A256GCM') return undefined
    const decipher = createDecipheriv('aes-256-gcm', key, fromBase64(iv), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(header)).setAuthTag(fromBase64(tag))
    const text = Buffer.concat([decipher.update(fromBase64(ciphertext)), decipher.final()]).toString()
    const claims: unknown = JSON.parse(text)
    if (!isRecord(claims) || typeof claims['exp'] !== 'number') return undefined
    const sessionId = SessionId.safeParse(claims['sid']).data
    return sessionId && { sessionId, expiresAt: claims['exp'] * 1000 }
  } catch {
    // The cookie is whatever a stranger sends; which way it is broken is nobody's business.
    return undefined
  }
}

function fromBase64(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
