import { TenantryError } from '@tenantry/errors'
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import {
  isLegacy,
  ivBytes,
  readEnvelope,
  readLegacyEnvelope,
  tagBytes,
  writeEnvelope,
  type Envelope,
  type LegacyEnvelope,
} from './envelope.ts'
import type { Keyring } from './keyring.ts'
import { Secret } from './secret.ts'

/** The tables in which sealed values stand, and what they are called there. */
const tableOf = {
  data_source_anon_key: 'tenants',
  data_source_service_key: 'tenants',
  data_source_support_key: 'tenants',
  webhook_secret: 'webhook_endpoints',
  webhook_previous_secret: 'webhook_endpoints',
  inbound_secret: 'inbound_addresses',
} as const

export type CredentialColumn = keyof typeof tableOf

/** What a value is bound to: copied to another tenant, column or row it does not open. */
export interface CredentialContext {
  /** The application's id of the tenant. */
  tenantId: string
  column: CredentialColumn
  /** Which of a tenant's rows; of no account in `tenants`, where it has one. */
  rowId?: string | undefined
}

/** Seals under the keyring's first key: AES-256-GCM with a key of the tenant's own and a random IV. */
export function seal(keyring: Keyring, plaintext: Secret | string, context: CredentialContext): string {
  const keyId = keyring.primaryKeyId
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', tenantKey(keyring, keyId, context), iv, { authTagLength: tagBytes })
  cipher.setAAD(associatedData(keyId, context))
  const text = typeof plaintext === 'string' ? plaintext : plaintext.reveal()
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return writeEnvelope({ keyId, ...fingerprints(keyring, keyId, context), iv, tag: cipher.getAuthTag(), ciphertext })
}

/**
 * Opens what `seal` made, and the legacy form `iv:authTag:ciphertext` with the key named `legacy`, or each key in turn
 * when there is none. Each way to fail has its own CREDENTIAL_* code; none of the errors carries any of the value.
 */
export function open(keyring: Keyring, sealed: string, context: CredentialContext): Secret {
  if (isLegacy(sealed)) return openLegacy(keyring, readLegacyEnvelope(sealed))
  const envelope = readEnvelope(sealed)
  assertFingerprints(envelope, fingerprints(keyring, envelope.keyId, context))
  const key = tenantKey(keyring, envelope.keyId, context)
  const plaintext = decrypt(envelope, key, associatedData(envelope.keyId, context))
  if (plaintext === undefined) throw new TenantryError('CREDENTIAL_TAMPERED', { detail: { keyId: envelope.keyId } })
  return new Secret(plaintext)
}

/** Seals again under the keyring's first key. */
export function reseal(keyring: Keyring, sealed: string, context: CredentialContext): string {
  return seal(keyring, open(keyring, sealed, context), context)
}

/** Id of the key a value is sealed under; `legacy` for the legacy form, which names none. */
export function sealedUnder(sealed: string): string {
  return isLegacy(sealed) ? 'legacy' : readEnvelope(sealed).keyId
}

function tenantKey(keyring: Keyring, keyId: string, { tenantId }: CredentialContext): Buffer {
  return keyring.derive(keyId, `seal ${tenantId}`)
}

function associatedData(keyId: string, { tenantId, column, rowId }: CredentialContext): Buffer {
  // A tenant has one row there, and what was sealed before there were others names none.
  const row = tableOf[column] === 'tenants' ? [] : [rowId]
  return Buffer.from(JSON.stringify(['t1', tenantId, tableOf[column], column, keyId, ...row]))
}

/** Keyed and short: they tell a misplaced value from an altered one, and tell an onlooker nothing. */
function fingerprints(keyring: Keyring, keyId: string, { tenantId, column }: CredentialContext) {
  const key = keyring.derive(keyId, 'fingerprints')
  const fingerprint = (of: string) => createHmac('sha256', key).update(of).digest('base64url').slice(0, 8)
  return {
    keyCheck: fingerprint('key'),
    tenant: fingerprint(`tenant ${tenantId}`),
    column: fingerprint(`column ${column}`),
  }
}

function assertFingerprints(found: Envelope, expected: Pick<Envelope, 'keyCheck' | 'tenant' | 'column'>): void {
  const detail = { keyId: found.keyId }
  if (found.keyCheck !== expected.keyCheck) throw new TenantryError('CREDENTIAL_WRONG_KEY', { detail })
  if (found.tenant !== expected.tenant) throw new TenantryError('CREDENTIAL_WRONG_TENANT', { detail })
  if (found.column !== expected.column) throw new TenantryError('CREDENTIAL_WRONG_COLUMN', { detail })
}

/** The legacy form carries nothing that tells a wrong key from an altered value. */
function openLegacy(keyring: Keyring, envelope: LegacyEnvelope): Secret {
  const keyIds = keyring.ids.includes('legacy') ? ['legacy'] : keyring.ids
  for (const keyId of keyIds) {
    const plaintext = decrypt(envelope, keyring.key(keyId))
    if (plaintext !== undefined) return new Secret(plaintext)
  }
  throw new TenantryError('CREDENTIAL_WRONG_KEY', { detail: { form: 'legacy', keyIds } })
}

function decrypt({ iv, tag, ciphertext }: LegacyEnvelope, key: Buffer, aad?: Buffer): string | undefined {
  // Without authTagLength, node accepts tags of 4 bytes.
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  if (aad !== undefined) decipher.setAAD(aad)
  decipher.setAuthTag(tag)
  const opened = decipher.update(ciphertext)
  try {
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
