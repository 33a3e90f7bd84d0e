import type { AppDb } from '@tenantry/app-db/types'
import { TenantryError } from '@tenantry/errors'
import { createHash } from 'node:crypto'
import { networkOf } from './network-of.ts'

const windowSeconds = 15 * 60
const attemptsPerAccount = 10
const attemptsPerAddress = 50

export interface Attempt {
  email: string
  /** The caller's network address; undefined when no trusted proxy names it, and then only the account is throttled. */
  address?: string | undefined
}

/**
 * Counts an attempt against its account and its address before anything is looked at. Throws SIGN_IN_THROTTLED with
 * `retryAfterSeconds` after too many, whether or not the account exists. The rows outlive a restart.
 */
export async function takeAttempt(appDb: AppDb, attempt: Attempt): Promise<void> {
  const limits = new Map([[accountKey(attempt), attemptsPerAccount]])
  if (attempt.address !== undefined) limits.set(addressKey(attempt), attemptsPerAddress)
  const counts = await appDb.signInThrottle.take([...limits.keys()], windowSeconds)
  for (const { key, failures, secondsLeft } of counts) {
    const limit = limits.get(key) ?? 0
    if (failures <= limit) continue
    if (failures === limit + 1) await auditThrottling(appDb, attempt, key)
    throw new TenantryError('SIGN_IN_THROTTLED', { retryAfterSeconds: Math.max(1, secondsLeft) })
  }
}

/** After a success. */
export function forgiveAttempt(appDb: AppDb, attempt: Attempt): Promise<void> {
  return appDb.signInThrottle.forgive(accountKey(attempt), addressKey(attempt))
}

/** One entry for each window, however long somebody goes on: the log is kept for ever. */
async function auditThrottling(appDb: AppDb, attempt: Attempt, key: string): Promise<void> {
  const by = key === accountKey(attempt) ? 'account' : 'address'
  const user = by === 'account' ? await appDb.users.findCredential(attempt.email) : undefined
  await appDb.audit.record({
    principal: { kind: 'system', job: 'sign-in' },
    tenantId: null,
    action: 'session.sign_in_throttled',
    subject: user?.id ?? null,
    detail: { by },
  })
}

/** What was typed may be a password in the wrong field; it is not kept. */
function accountKey({ email }: Attempt): string {
  return `account:${createHash('sha256').update(email.toLowerCase()).digest('base64url')}`
}

function addressKey({ address = '' }: Attempt): string {
  return `address:${networkOf(address)}`
}
