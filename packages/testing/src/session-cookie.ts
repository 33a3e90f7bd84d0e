import type { SessionId } from '@tenantry/contracts/ids'
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** The `cookie` header of a browser that has signed in over http: next-auth's cookie (compact JWE, `dir`, A256GCM), good for an hour. */
export function sessionCookie(sessionSecret: string, sid: SessionId): string {
  const key = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'NextAuth.js Generated Encryption Key', 32))
  const header = toBase64(JSON.stringify({ alg: 'dir', enc: 'A256GCM' }))
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header))
  const claims = JSON.stringify({ sid, exp: Math.floor(Date.now() / 1000) + 3_600 })
  const ciphertext = Buffer.concat([cipher.update(claims), cipher.final()])
  const token = [header, '', toBase64(iv), toBase64(ciphertext), toBase64(cipher.getAuthTag())].join('.')
  return `next-auth.session-token=${token}`
}

function toBase64(bytes: Buffer | string): string {
  return Buffer.from(bytes).toString('base64url')
}
