import { isTenantryError } from '@tenantry/errors'
import { asApplicationFailure } from '@tenantry/errors/application-database'
import type { NextAuthOptions } from 'next-auth'
import credentialsModule from 'next-auth/providers/credentials'
import { sessionCookieName } from './session-cookie.ts'
import type { SignInAttempt } from './sign-in.ts'

/** The bundler gives the function, Node gives the CommonJS module around it. */
const credentials =
  typeof credentialsModule === 'function'
    ? credentialsModule
    : (credentialsModule as unknown as { default: typeof credentialsModule }).default

export const sessionDays = 30

export interface NextAuthSettings {
  sessionSecret: string
  origin: string
  trustedProxyHops: number
  logger: { warn(fields: object, message: string): void }
  signIn: (attempt: SignInAttempt) => Promise<string>
  /** Ends the session behind a cookie that next-auth is about to clear. */
  end: (sid: unknown) => Promise<void>
}

/** What the route handler hands to next-auth. The cookie carries the session id and nothing about the person. */
export function nextAuthOptionsFor(settings: NextAuthSettings): NextAuthOptions {
  const { sessionSecret, origin, trustedProxyHops, logger, signIn, end } = settings
  const secure = origin.startsWith('https:')
  return {
    secret: sessionSecret,
    useSecureCookies: secure,
    pages: { signIn: '/sign-in' },
    session: { strategy: 'jwt', maxAge: sessionDays * 24 * 60 * 60 },
    cookies: {
      sessionToken: {
        name: sessionCookieName(origin),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    providers: [
      credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(given, request) {
          try {
            const id = await signIn({
              email: given?.email ?? '',
              password: given?.password ?? '',
              address: addressIn(request.headers?.['x-forwarded-for'], trustedProxyHops),
              userAgent: asText(request.headers?.['user-agent']),
            })
            return { id }
          } catch (failure) {
            const error = asApplicationFailure(failure)
            if (isTenantryError(error, 'SIGN_IN_FAILED')) return null
            if (!isTenantryError(error, 'SIGN_IN_THROTTLED'))
              logger.warn({ err: error }, 'A sign-in could not be served')
            // next-auth shows the message to the page: a code and a number, nothing else.
            const shown = isTenantryError(error) ? `${error.code}:${error.retryAfterSeconds ?? ''}` : 'INTERNAL:'
            throw new Error(shown, { cause: error })
          }
        },
      }),
    ],
    // Its own sign-out only clears the cookie; a copy of it would go on.
    events: { signOut: ({ token }) => end(token['sid']) },
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token['sid'] }),
      session: ({ session }) => ({ expires: session.expires }),
    },
  }
}

/** Proxies append to X-Forwarded-For, so only the last `hops` entries are not the caller's own invention. */
export function addressIn(forwardedFor: unknown, hops: number): string | undefined {
  if (hops < 1) return undefined
  return asText(forwardedFor)?.split(',').at(-hops)?.trim() || undefined
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
