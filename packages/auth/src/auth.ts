import type { AppDb, KeyHolder, ResolvedSession } from '@tenantry/app-db/types'
import { SessionId, type TenantId, type UserId } from '@tenantry/contracts/ids'
import type { SessionListItem, TenantSummary } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import type { NextAuthOptions } from 'next-auth'
import { addressIn, nextAuthOptionsFor } from './next-auth-options.ts'
import { hashPassword } from './passwords.ts'
import { takeInboundCall, takePublicCall } from './public-calls.ts'
import { sessionCookieReader } from './session-cookie.ts'
import { signIn, type SignInAttempt } from './sign-in.ts'

export { hashPassword } from './passwords.ts'
export { openInvitations, type Invitations } from './invitations.ts'
export type SignedIn = ResolvedSession

export interface AuthOptions {
  appDb: AppDb
  /** At least 32 characters. */
  sessionSecret: string
  /** As the browser sees it; https makes the cookie secure. */
  origin: string
  trustedProxyHops: number
  logger: { warn(fields: object, message: string): void }
}

export interface Auth {
  readonly nextAuthOptions: NextAuthOptions
  /** Null for a cookie that is missing, forged, expired or signed out. One query. */
  readSession(cookieHeader: string | undefined, request: { requestId: string }): Promise<SignedIn | null>
  /** Null for a key that nobody gave, that was revoked or is too old. One query. */
  readKey(secret: string, request: { requestId: string }): Promise<KeyHolder | null>
  signIn(attempt: SignInAttempt): Promise<SessionId>
  /**
   * Counts a call of a page that needs no sign-in, and says where it comes from. Throws TOO_MANY_REQUESTS.
   */
  admitPublicCall(caller: {
    forwardedFor: string | undefined
    remoteAddress: string | undefined
  }): Promise<string | null>
  /** The same for what providers deliver, of whom a few bring much. */
  admitInboundCall(caller: { forwardedFor: string | undefined; remoteAddress: string | undefined }): Promise<void>
  tenantsOf(session: SignedIn): Promise<TenantSummary[]>
  sessionsOf(session: SignedIn): Promise<SessionListItem[]>
  switchTenant(session: SignedIn, tenantId: TenantId): Promise<void>
  signOut(session: SignedIn): Promise<void>
  signOutEverywhere(session: SignedIn): Promise<void>
  createUser(input: { email: string; name: string; password: string }): Promise<UserId>
}

/** Throws CONFIGURATION_INVALID for a session secret that is too short. */
export function openAuth({ appDb, sessionSecret, origin, trustedProxyHops, logger }: AuthOptions): Auth {
  if (sessionSecret.length < 32) {
    throw new TenantryError('CONFIGURATION_INVALID', { message: 'SESSION_SECRET must have at least 32 characters.' })
  }
  const readCookie = sessionCookieReader({ sessionSecret, origin })
  const start = (attempt: SignInAttempt) => signIn(appDb, attempt)
  const end = async (sid: unknown) => {
    const id = SessionId.safeParse(sid).data
    const session = id && (await appDb.sessions.resolve(id, { requestId: 'sign-out' }))
    if (session) await appDb.sessions.end(session.principal, session.tenant?.id ?? null)
  }
  return {
    nextAuthOptions: nextAuthOptionsFor({ sessionSecret, origin, trustedProxyHops, logger, signIn: start, end }),
    async readSession(cookieHeader, { requestId }) {
      const id = readCookie(cookieHeader)
      const session = id === undefined ? undefined : await appDb.sessions.resolve(id, { requestId })
      // Nobody waits for it, and a request does not fail because it could not be noted.
      if (session?.session.isDueToBeSeen) {
        appDb.sessions.touch(session.session.id).catch((err: unknown) => {
          logger.warn({ requestId, err }, 'A session could not be marked as seen')
        })
      }
      return session ?? null
    },
    async readKey(secret, { requestId }) {
      const holder = await appDb.apiKeys.resolve(secret, { requestId })
      if (holder?.key.isDueToBeNoted) {
        appDb.apiKeys.touch(holder.key.id).catch((err: unknown) => {
          logger.warn({ requestId, err }, 'The use of an API key could not be noted')
        })
      }
      return holder ?? null
    },
    signIn: start,
    async admitPublicCall({ forwardedFor, remoteAddress }) {
      const address = trustedProxyHops > 0 ? addressIn(forwardedFor, trustedProxyHops) : remoteAddress
      if (address !== undefined) await takePublicCall(appDb, address)
      return address ?? null
    },
    async admitInboundCall({ forwardedFor, remoteAddress }) {
      const address = trustedProxyHops > 0 ? addressIn(forwardedFor, trustedProxyHops) : remoteAddress
      if (address !== undefined) await takeInboundCall(appDb, address)
    },
    tenantsOf: ({ user }) => appDb.memberships.tenantsOf(user.id),
    async sessionsOf({ user, session }) {
      const found = await appDb.sessions.listOf(user.id)
      return found.map((row) => ({ ...row, isCurrent: row.id === session.id }))
    },
    switchTenant: ({ principal }, tenantId) => appDb.sessions.switchTenant(principal, tenantId),
    signOut: ({ principal, tenant }) => appDb.sessions.end(principal, tenant?.id ?? null),
    signOutEverywhere: ({ principal, tenant }) => appDb.sessions.endAll(principal, tenant?.id ?? null),
    async createUser({ email, name, password }) {
      return appDb.users.create({ email, name, passwordHash: await hashPassword(password) })
    },
  }
}
