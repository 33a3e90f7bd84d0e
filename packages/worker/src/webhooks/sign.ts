import type { WorkingEndpoint } from '@tenantry/app-db/types'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { Webhook } from 'standardwebhooks'

export interface Signer {
  /** The headers by which a receiver knows the message, and that it is from us. */
  headersOf(message: { id: string; body: string }, at?: Date): Record<string, string>
  /** Takes out of a text what nobody but the receiver may know. */
  without(text: string | null): string | null
}

/** By Standard Webhooks. While a rotation is fresh the secret before signs as well. Throws CREDENTIAL_*. */
export function openSigner(keyring: Keyring, tenantId: TenantId, endpoint: WorkingEndpoint): Signer {
  const { id: rowId, sealedSecret, sealedPreviousSecret } = endpoint
  const sealed = [{ value: sealedSecret, column: 'webhook_secret' as const }]
  const previous = { value: sealedPreviousSecret ?? '', column: 'webhook_previous_secret' as const }
  const secrets = [...sealed, ...(sealedPreviousSecret === null ? [] : [previous])].map(({ value, column }) =>
    open(keyring, value, { tenantId, rowId, column }).reveal(),
  )
  return {
    headersOf({ id, body }, at = new Date()) {
      return {
        'content-type': 'application/json',
        'user-agent': 'Tenantry-Webhooks/1',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
      }
    },
    without(text) {
      if (text === null) return null
      const bare = secrets.flatMap((secret) => [secret, secret.replace(/^whsec_/, '')])
      // Answers that repeat what was sent hold signatures, and keys of the receiver's own at times.
      return bare
        .reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text)
        .replaceAll(/\bv1,[A-Za-z0-9+/=]{20,}/g, '[signature]')
        .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]')
    },
  }
}
