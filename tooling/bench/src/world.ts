import { openAdminLink, withAdminConnection } from '@tenantry/connections/admin'
import { type Target, urlOf } from '@tenantry/connections/target'
import { startServer } from '@tenantry/local-postgres'
import { sessionCookie } from '@tenantry/testing/session-cookie'
import { createWorld, type WorldPerson } from '@tenantry/testing/world'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomBytes } from 'node:crypto'
import { fillAccounts } from './accounts.ts'
import { maxConnections } from './pool-size.ts'

/** What every measured program is given, as JSON: the same rows, reached in different ways. */
export interface BenchWorld {
  /** As the application's own role. */
  appDatabaseUrl: string
  keys: string
  sessionSecret: string
  sessionId: string
  /** A browser's, signed in as a member with an owner's rights. */
  cookie: string
  slug: string
  tenantId: string
  /** The tenant database as a superuser, whom no policy holds back: what the stacks without row security use. */
  rawDatabaseUrl: string
  tenantIdInDataSource: string
  userId: string
  userName: string
  userEmail: string
  /** Colleagues who are not limited until somebody decides so. */
  others: Record<'member' | 'read_only', { userId: string; cookie: string }>
  accountIds: string[]
}

export interface OpenBenchWorld extends AsyncDisposable {
  world: BenchWorld
  serverVersion: string
}

/** Boots a PostgreSQL server of its own. Not durable: else every contender's writes would measure the disk alone. */
export async function openBenchWorld(onProgress: (step: string) => void): Promise<OpenBenchWorld> {
  const server = await startServer({ ephemeral: true, durable: false, onProgress })
  const address = { host: server.host, port: server.port, user: server.superuser, password: server.password }
  try {
    onProgress('Setting up a tenant with 1,000 accounts')
    const opened = await setUp(address)
    return { ...opened, [Symbol.asyncDispose]: () => opened.close().finally(() => server.stop()) }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** The same world on a server that runs already. */
export async function setUp(address: ServerAddress) {
  const built = await createWorld(address, { acme: { server: address } })
  const { id: tenantId, slug, admin, people, tenantIdInDataSource } = built.tenants.acme
  const { owner } = people
  await withAdminConnection(built.appAdmin, (run) =>
    run(`update app.tenants set connection_pool_config = connection_pool_config || '{"max": ${maxConnections}}'`),
  )
  const accountIds = await fillAccounts(admin, { tenantIdInDataSource, ownerId: owner.id })
  const sessionSecret = randomBytes(32).toString('base64url')
  const sessionId = await built.startSession(owner)
  const seat = async (person: WorldPerson) => ({
    userId: person.id,
    cookie: sessionCookie(sessionSecret, await built.startSession(person)),
  })
  const world: BenchWorld = {
    sessionId,
    appDatabaseUrl: urlOf(built.appTarget),
    keys: built.keys,
    sessionSecret,
    cookie: sessionCookie(sessionSecret, sessionId),
    slug,
    tenantId,
    rawDatabaseUrl: urlOf(admin),
    tenantIdInDataSource,
    userId: owner.id,
    userName: owner.name,
    userEmail: owner.email,
    others: { member: await seat(people.member), read_only: await seat(people.read_only) },
    accountIds,
  }
  return { world, serverVersion: await versionOf(admin), close: () => built.close() }
}

async function versionOf(target: Target): Promise<string> {
  await using link = await openAdminLink(target)
  const [row] = await link.run<{ server_version: string }>('show server_version')
  return row?.server_version ?? 'unknown'
}
