import type { AppDb } from '@tenantry/app-db/types'
import type { SessionId } from '@tenantry/contracts/ids'
import { SignInInput } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { createHash } from 'node:crypto'
import { verifyPassword } from './passwords.ts'

export interface SignInAttempt {
  email: string
  password: string
  /** The caller's network address; undefined when no trusted proxy names it, and then only the account is throttled. */
  address?: string | undefined
  userAgent?: string | undefined
}

const windowSeconds = 15 * 60
const attemptsPerAccount = 10
const attemptsPerAddress = 50

/**
 * Starts a session. Throws SIGN_IN_FAILED alike for an unknown user and a wrong password, SIGN_IN_THROTTLED with
 * `retryAfterSeconds` after too many attempts, whether or not the account exists.
 */
export async function signIn(appDb: AppDb, attempt: SignInAttempt): Promise<SessionId> {
  const input = SignInInput.safeParse({ email: attempt.email, password: attempt.password })
  if (!input.success) throw new TenantryError('SIGN_IN_FAILED')
  const { email, password } = input.data
  const accountKey = `account:${digest(email.toLowerCase())}`
  const addressKey = `address:${attempt.address ?? ''}`
  const keys = attempt.address === undefined ? [accountKey] : [accountKey, addressKey]
  const counts = await appDb.signInThrottle.take(keys, windowSeconds)
  for (const { key, failures, secondsLeft } of counts) {
    const limit = key === accountKey ? attemptsPerAccount : attemptsPerAddress
    if (failures > limit) throw new TenantryError('SIGN_IN_THROTTLED', { retryAfterSeconds: Math.max(1, secondsLeft) })
  }
  const user = await appDb.users.findCredential(email)
  const matches = await verifyPassword(user?.passwordHash ?? null, password)
  if (!matches || user?.status !== 'active') {
    const principal = { kind: 'system', job: 'sign-in' } as const
    // Bounded by the throttle above: an attacker cannot fill the log.
    await appDb.audit.record({ principal, tenantId: null, action: 'session.sign_in_failed', subject: user?.id ?? null })
    throw new TenantryError('SIGN_IN_FAILED')
  }
  return appDb.transaction(async (db) => {
    await db.signInThrottle.forgive(accountKey, addressKey)
    const { id: userId, name } = user
    return db.sessions.start({ userId, name, userAgent: attempt.userAgent ?? null, requestId: null })
  })
}

/** What was typed may be a password in the wrong field; it is not kept. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
