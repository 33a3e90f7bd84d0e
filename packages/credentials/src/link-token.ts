import { createHmac } from 'node:crypto'
import type { Keyring } from './keyring.ts'

/**
 * The token of the link in a mail: 256 bits that follow from a key of the ring and the mail's id. Every attempt to send the
 * mail finds the same one, and no database holds it. Throws CREDENTIAL_KEY_UNKNOWN once the key is no longer in the ring.
 */
export function mailLinkToken(keyring: Keyring, { keyId, mailId }: { keyId: string; mailId: string }): string {
  const key = keyring.derive(keyId, 'public links in mails')
  return createHmac('sha256', key).update(mailId).digest('base64url')
}
