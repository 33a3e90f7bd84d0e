import { startServer, type LocalServer } from '@tenantry/local-postgres'
import type { ServerAddress } from './servers.ts'

export interface TestServers {
  main: ServerAddress
  elsewhere: ServerAddress
}

/** In the environment of a test run: servers that are up already, so that many short runs need not boot their own. */
const variable = 'TENANTRY_TEST_SERVERS'

/** Two PostgreSQL servers for a whole run: moving a tenant, or sending it astray, needs somewhere else. */
export async function openTestServers(): Promise<TestServers & { close(): Promise<void> }> {
  const given = process.env[variable]
  // Whoever set it made the text by `environmentOf`.
  if (given !== undefined) return { ...(JSON.parse(given) as TestServers), close: () => Promise.resolve() }
  const [main, elsewhere] = await Promise.all([
    startServer({ ephemeral: true, durable: false }),
    startServer({ ephemeral: true, durable: false }),
  ])
  return {
    main: addressOf(main),
    elsewhere: addressOf(elsewhere),
    close: async () => void (await Promise.all([main.stop(), elsewhere.stop()])),
  }
}

/** For the test runs that shall use these servers. */
export function environmentOf({ main, elsewhere }: TestServers): Record<string, string> {
  return { [variable]: JSON.stringify({ main, elsewhere }) }
}

function addressOf({ host, port, superuser, password }: LocalServer): ServerAddress {
  return { host, port, user: superuser, password }
}
