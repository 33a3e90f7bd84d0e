import { parseTarget, type Target } from '@tenantry/connections/target'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import type { DemoFolder, DemoPorts } from './demo-folder.ts'

export type ServerName = keyof DemoPorts

/** The superuser of each server the demo stands on; its `database` is the one to connect to before others exist. */
export interface DemoServers {
  app: Target
  north: Target
  south: Target
  stop(): Promise<void>
}

/** The database that holds users, sessions and tenants. */
export const appDatabaseName = 'tenantry'

/** Three servers of our own below `.tenantry/servers`, on the ports they had before where those are still free. */
export async function startOwnServers(folder: DemoFolder, onProgress: (step: string) => void): Promise<DemoServers> {
  const previous = folder.ports.read()
  const started: LocalServer[] = []
  const start = async (name: ServerName): Promise<LocalServer> => {
    const options = { folder: folder.serverFolder(name), onProgress: (step: string) => onProgress(`${name}: ${step}`) }
    const server = await startServer({ ...options, ...(previous && { port: previous[name] }) }).catch(
      (error: unknown) => {
        if (isTenantryError(error) && error.detail?.['reason'] === 'port-taken') return startServer(options)
        throw error
      },
    )
    started.push(server)
    return server
  }
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()))
  }
  const outcomes = await Promise.allSettled([start('app'), start('north'), start('south')])
  const [app, north, south] = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : undefined))
  if (!app || !north || !south) {
    await stop()
    throw outcomes.find((outcome) => outcome.status === 'rejected')?.reason
  }
  folder.ports.write({ app: app.port, north: north.port, south: south.port })
  return { app: adminOf(app), north: adminOf(north), south: adminOf(south), stop }
}

function adminOf({ host, port, superuser, password }: LocalServer): Target {
  return { host, port, database: 'postgres', user: superuser, password: () => password, tls: 'off' }
}

/** Somebody's own PostgreSQL: every database of the demo is made there. Nothing to stop. */
export function useServer(url: string): DemoServers {
  const { user, password, ...address } = parseTarget(url)
  if (user === undefined || password === undefined) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'For the demo, APP_DATABASE_URL must name a superuser and a password: it makes databases and roles.',
    })
  }
  const admin: Target = { ...address, user, password: () => password }
  return { app: admin, north: admin, south: admin, stop: () => Promise.resolve() }
}
