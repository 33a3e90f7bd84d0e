import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createContext } from '../procedures/context.ts'
import type { Services } from '../procedures/services.ts'
import { createHandler } from './handler.ts'

export const origin = 'https://crm.example.test'

/** Serves the router to one signed-in person without any database: enough for `session.*`, which ask no tenant. */
export async function serveSession(): Promise<SessionServer> {
  const seen = { sessionsRead: 0, signedOut: 0, logged: [] as object[] }
  const logger = {
    error: (fields: object) => seen.logged.push(fields),
    warn: (fields: object) => seen.logged.push(fields),
  }
  const auth = {
    readSession: async (cookie: string | undefined) => {
      seen.sessionsRead += 1
      if (cookie === 'session=broken') throw new Error('select secret from app.users where id = 42')
      return cookie === undefined
        ? null
        : {
            user: { id: 'u1', name: 'Ada', email: 'ada@example.test' },
            session: { id: 's1' },
            tenant: null,
            operatorPass: null,
            support: null,
          }
    },
    tenantsOf: async () => [],
    sessionsOf: async () => [{ id: 10n }],
    signOut: async () => void (seen.signedOut += 1),
  }
  // Only what the session procedures touch: everything behind a tenant is tested with real databases.
  const services = { auth, logger } as unknown as Services
  const handler = createHandler({
    origin,
    logger: services.logger,
    openContext: (facts) => createContext(services, facts),
  })
  const server = createServer((request, response) => void handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, seen, close: () => closed(server) }
}

export interface SessionServer {
  port: number
  seen: { sessionsRead: number; signedOut: number; logged: object[] }
  close(): Promise<void>
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
