import { TenantryError } from '@tenantry/errors'
import { hkdfSync, randomBytes } from 'node:crypto'

/** Keys that seal and open credentials. The first of its text seals, every one opens. */
export class Keyring {
  readonly primaryKeyId: string
  readonly #keys: ReadonlyMap<string, Buffer>

  constructor(keys: ReadonlyMap<string, Buffer>) {
    const [primaryKeyId] = keys.keys()
    if (primaryKeyId === undefined) throw invalidKey('The keyring is empty.')
    this.primaryKeyId = primaryKeyId
    this.#keys = keys
  }

  get ids(): string[] {
    return [...this.#keys.keys()]
  }

  /** 32 bytes that depend on the key and on what they are for. Throws CREDENTIAL_KEY_UNKNOWN. */
  derive(keyId: string, purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key(keyId), 'tenantry credentials', purpose, 32))
  }

  /** The key as it was given; only values in the legacy form were sealed under it directly. */
  key(keyId: string): Buffer {
    const key = this.#keys.get(keyId)
    if (key === undefined) throw new TenantryError('CREDENTIAL_KEY_UNKNOWN', { detail: { keyId } })
    return key
  }
}

/**
 * Reads `k2:<base64 of 32 bytes>,k1:<base64 of 32 bytes>`; the first key seals. A key named `legacy` opens values of the
 * form `iv:authTag:ciphertext`. Throws CREDENTIAL_KEY_INVALID, whose text never repeats a key.
 */
export function parseKeyring(text: string): Keyring {
  const keys = new Map<string, Buffer>()
  for (const entry of text.split(',')) {
    const [, id, encoded] = /^\s*([a-z0-9_-]{1,32}):(\S+)\s*$/.exec(entry) ?? []
    if (id === undefined || encoded === undefined) throw invalidKey('Write each key as id:base64, separated by commas.')
    if (keys.has(id)) throw invalidKey(`The key id ${id} occurs twice.`)
    keys.set(id, decodeKey(id, encoded))
  }
  return new Keyring(keys)
}

/**
 * The keyring's text of a file with one key in each line, newest first; what follows a `#` is a remark, such as when a
 * generation began. Base64 knows no `#`.
 */
export function keyringTextOf(file: string): string {
  const lines = file.split('\n').map((line) => line.replace(/#.*$/, '').trim())
  return lines.filter((line) => line !== '').join(',')
}

/** A fresh key as the keyring's text takes it: base64 of 32 random bytes. */
export function generateKey(): string {
  return randomBytes(keyBytes).toString('base64')
}

const keyBytes = 32

function decodeKey(id: string, encoded: string): Buffer {
  const key = Buffer.from(encoded, 'base64')
  // Node skips what is not base64; a mistyped key must not become another key.
  if (key.toString('base64') !== encoded) throw invalidKey(`The key ${id} is not base64.`)
  if (key.length !== keyBytes) throw invalidKey(`The key ${id} has ${key.length} bytes instead of ${keyBytes}.`)
  return key
}

function invalidKey(reason: string): TenantryError {
  return new TenantryError('CREDENTIAL_KEY_INVALID', {
    message: `An encryption key is not usable. ${reason} Make a key with: pnpm tenantry keys generate`,
  })
}
