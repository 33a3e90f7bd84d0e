import { grantFacts } from '@tenantry/app-db/grants'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open, seal, type CredentialColumn } from '@tenantry/credentials/seal'
import type { Secret } from '@tenantry/credentials/secret'
import { randomBytes } from 'node:crypto'
import type { TenantGrant } from './planes.ts'

export interface SealedPlace {
  column: Extract<CredentialColumn, 'webhook_secret' | 'webhook_previous_secret' | 'inbound_secret'>
  rowId: string
}

/** Seals secrets of a tenant for one place of the application database, and opens them there and nowhere else. */
export interface Sealer {
  seal(grant: TenantGrant, place: SealedPlace, secret: Secret | string): string
  /** Throws CREDENTIAL_*. */
  open(grant: TenantGrant, place: SealedPlace, sealed: string): Secret
}

export function sealerOf(keyring: Keyring): Sealer {
  const contextOf = (grant: TenantGrant, place: SealedPlace) => ({ tenantId: grantFacts(grant).tenantId, ...place })
  return {
    seal: (grant, place, secret) => seal(keyring, secret, contextOf(grant, place)),
    open: (grant, place, sealed) => open(keyring, sealed, contextOf(grant, place)),
  }
}

/** As Standard Webhooks writes them: 192 random bits. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}
