import { TenantryError } from '@tenantry/errors'

/** `t1.<key id>.<tenant fingerprint>.<column fingerprint>.<key check>.<iv>.<tag>.<ciphertext>`, parts in base64url. */
export interface Envelope {
  keyId: string
  tenant: string
  column: string
  keyCheck: string
  iv: Buffer
  tag: Buffer
  ciphertext: Buffer
}

/** `iv:authTag:ciphertext` in base64, sealed under the key itself and bound to nothing. */
export type LegacyEnvelope = Pick<Envelope, 'iv' | 'tag' | 'ciphertext'>

export const ivBytes = 12
export const tagBytes = 16
const legacyIvBytes = 16

export function writeEnvelope(envelope: Envelope): string {
  const { keyId, tenant, column, keyCheck, iv, tag, ciphertext } = envelope
  return [
    't1',
    keyId,
    tenant,
    column,
    keyCheck,
    ...[iv, tag, ciphertext].map((part) => part.toString('base64url')),
  ].join('.')
}

/** Throws CREDENTIAL_FORMAT, CREDENTIAL_VERSION or CREDENTIAL_TAG. */
export function readEnvelope(sealed: string): Envelope {
  const [version = '', ...parts] = sealed.split('.')
  if (!/^t\d+$/.test(version)) throw new TenantryError('CREDENTIAL_FORMAT')
  if (version !== 't1') throw new TenantryError('CREDENTIAL_VERSION', { detail: { version } })
  const [keyId, tenant, column, keyCheck, iv, tag, ciphertext, ...rest] = parts
  if (!keyId || !tenant || !column || !keyCheck || iv === undefined || tag === undefined || ciphertext === undefined) {
    throw new TenantryError('CREDENTIAL_FORMAT')
  }
  if (rest.length > 0) throw new TenantryError('CREDENTIAL_FORMAT')
  return { keyId, tenant, column, keyCheck, ...decodeParts({ iv, tag, ciphertext }, 'base64url', ivBytes) }
}

export function isLegacy(sealed: string): boolean {
  return sealed.split(':').length === 3
}

export function readLegacyEnvelope(sealed: string): LegacyEnvelope {
  const [iv = '', tag = '', ciphertext = ''] = sealed.split(':')
  return decodeParts({ iv, tag, ciphertext }, 'base64', legacyIvBytes)
}

function decodeParts(
  parts: Record<keyof LegacyEnvelope, string>,
  encoding: 'base64' | 'base64url',
  expectedIvBytes: number,
): LegacyEnvelope {
  const decode = (text: string) => {
    const bytes = Buffer.from(text, encoding)
    // A second spelling of the same bytes would be an alteration that opens.
    if (bytes.toString(encoding) !== text) throw new TenantryError('CREDENTIAL_FORMAT')
    return bytes
  }
  const iv = decode(parts.iv)
  const tag = decode(parts.tag)
  if (tag.length !== tagBytes) throw new TenantryError('CREDENTIAL_TAG', { detail: { bytes: tag.length } })
  if (iv.length !== expectedIvBytes) throw new TenantryError('CREDENTIAL_FORMAT')
  return { iv, tag, ciphertext: decode(parts.ciphertext) }
}
