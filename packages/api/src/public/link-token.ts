import { createHash, randomBytes } from 'node:crypto'

/** A public link's secret, and what each database keeps of it. */
export interface LinkSecrets {
  token: string
  /** For the application database, which knows whose company it is. */
  applicationHash: Uint8Array
  /** For the tenant's database, which knows which document it is. */
  tenantHash: Uint8Array
}

/** 256 random bits. */
export function newLink(): LinkSecrets {
  const token = randomBytes(32).toString('base64url')
  return { token, ...hashesOf(token) }
}

/** Two hashes of one token, neither of which leads to the other: who has read one database finds nothing in the other. */
export function hashesOf(token: string): Omit<LinkSecrets, 'token'> {
  return { applicationHash: hash('application database', token), tenantHash: hash('tenant database', token) }
}

function hash(reader: string, token: string): Uint8Array {
  return createHash('sha256').update(`tenantry public link, ${reader}\0${token}`).digest()
}
