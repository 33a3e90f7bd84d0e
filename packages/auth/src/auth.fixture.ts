import { createAppDatabase } from '@tenantry/testing/app-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { encode } from 'next-auth/jwt'
import { openAuth, openInvitations } from './auth.ts'

export const secret = 'a secret of at least thirty-two characters'
export const password = 'correct horse battery'

/** An application database of one's own with the company acme and its owner Olga, and sign-in over it. */
export async function stageAuth({ origin = 'http://localhost:3000' } = {}) {
  const database = await createAppDatabase(mainServer())
  let connection = database.open()
  const auth = () =>
    openAuth({ appDb: connection.db, sessionSecret: secret, origin, trustedProxyHops: 1, logger: { warn() {} } })
  const ownerId = await auth().createUser({ email: 'olga@acme.example', name: 'Olga', password })
  const settings = { slug: 'acme', name: 'A', trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR' }
  await connection.db.tenants.create('op', { ...settings, ownerId })
  return {
    auth,
    ownerId,
    signIn: (given: { email?: string; password?: string; address?: string } = {}) =>
      auth().signIn({ email: 'olga@acme.example', password, ...given }),
    /** What `read` makes of a cookie header. */
    read: (cookie: string) => auth().readSession(cookie, { requestId: 'r' }),
    asAdmin: database.asAdmin,
    invite: () => ({ db: connection.db, invitations: openInvitations(connection.db) }),
    /** As after a deployment: nothing in memory is left. */
    async restart() {
      await connection.close()
      connection = database.open()
    },
    async close() {
      await connection.close()
      await database.drop()
    },
  }
}

/** As next-auth makes it for a sign-in over http. */
export async function cookieFor(sid: string, under = secret, maxAge = 60): Promise<string> {
  return `next-auth.session-token=${await encode({ token: { sid }, secret: under, maxAge })}`
}
