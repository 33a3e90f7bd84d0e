import { isTenantryError } from '@tenantry/errors'

/**
 * What no further attempt changes: a server that refuses this recipient or this mail for good (5xx), a key or a document that
 * is gone. A refused password or sender is for the operator to mend, and the mails wait for that.
 */
export function isFinal(error: unknown): boolean {
  if (isTenantryError(error)) return error.code === 'CREDENTIAL_KEY_UNKNOWN' || error.code === 'NOT_FOUND'
  const { command, responseCode } = error as { command?: unknown; responseCode?: unknown }
  return (command === 'RCPT TO' || command === 'DATA') && typeof responseCode === 'number' && responseCode >= 500
}

/**
 * Whether the server says, by its enhanced code, that nobody reads this address. Without one, a refusal may as well be for what
 * is thought of the mail or of its sender.
 */
export function isUnknownRecipient(error: unknown): boolean {
  const { command, response } = error as { command?: unknown; response?: unknown }
  return command === 'RCPT TO' && typeof response === 'string' && /^55\d[ -]5\.(1\.\d+|2\.1)\b/.test(response)
}

/** A word and at most a number: what a server says may quote the mail. */
export function wordOf(error: unknown): string {
  if (isTenantryError(error)) return error.code
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const word = typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'FAILED'
  return typeof responseCode === 'number' ? `${word} ${responseCode}` : word
}
