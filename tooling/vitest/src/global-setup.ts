import { startServer, type LocalServer } from '@tenantry/local-postgres'
import type { TestProject } from 'vitest/node'
import type { ServerAddress } from './servers.ts'

/** Two PostgreSQL servers for the whole run: moving a tenant, or sending it astray, needs somewhere else. */
export default async function bootServers(project: TestProject): Promise<() => Promise<void>> {
  const [main, elsewhere] = await Promise.all([
    startServer({ ephemeral: true, durable: false }),
    startServer({ ephemeral: true, durable: false }),
  ])
  project.provide('mainServer', addressOf(main))
  project.provide('elsewhereServer', addressOf(elsewhere))
  return async () => {
    await Promise.all([main.stop(), elsewhere.stop()])
  }
}

function addressOf({ host, port, superuser, password }: LocalServer): ServerAddress {
  return { host, port, user: superuser, password }
}
