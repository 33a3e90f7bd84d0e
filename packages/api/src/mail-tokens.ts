import type { Keyring } from '@tenantry/credentials/keyring'
import { mailLinkToken } from '@tenantry/credentials/link-token'
import type { MailTokens } from './mail-desk.ts'

export function mailTokensOf(keyring: Keyring): MailTokens {
  const keyId = keyring.primaryKeyId
  return (mailId) => ({ keyId, token: mailLinkToken(keyring, { keyId, mailId }) })
}
