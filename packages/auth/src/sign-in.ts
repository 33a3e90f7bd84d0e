import type { AppDb } from '@tenantry/app-db/types'
import type { SessionId } from '@tenantry/contracts/ids'
import { SignInInput } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { verifyPassword } from './passwords.ts'
import { forgiveAttempt, takeAttempt, type Attempt } from './throttle.ts'

export interface SignInAttempt extends Attempt {
  password: string
  userAgent?: string | undefined
}

/**
 * Starts a session. Throws SIGN_IN_FAILED alike for an unknown user, a disabled one and a wrong password, and
 * SIGN_IN_THROTTLED after too many attempts.
 */
export async function signIn(appDb: AppDb, { address, userAgent = '', ...typed }: SignInAttempt): Promise<SessionId> {
  const input = SignInInput.safeParse({ email: typed.email, password: typed.password })
  if (!input.success) throw new TenantryError('SIGN_IN_FAILED')
  const { email, password } = input.data
  const attempt = { email, address }
  await takeAttempt(appDb, attempt)
  const user = await appDb.users.findCredential(email)
  const matches = await verifyPassword(user?.passwordHash ?? null, password)
  if (!matches || user?.status !== 'active') {
    const principal = { kind: 'system', job: 'sign-in' } as const
    // Bounded by the throttle above: an attacker cannot fill the log.
    await appDb.audit.record({ principal, tenantId: null, action: 'session.sign_in_failed', subject: user?.id ?? null })
    throw new TenantryError('SIGN_IN_FAILED')
  }
  return appDb.transaction(async (db) => {
    await forgiveAttempt(db, attempt)
    const { id: userId, name } = user
    return db.sessions.start({ userId, name, userAgent: userAgent === '' ? null : userAgent, requestId: null })
  })
}
