import { openAppDb, type AppDbConnection } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'
import { generateKey, parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { dataSourceUrl, ownerRoleOf } from '@tenantry/fleet/provision'
import { createAppDatabase } from '@tenantry/testing/app-database'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomBytes, randomUUID } from 'node:crypto'

/** Empty databases with their tenants in an application database: all is there but the schema. */
export interface BenchFleet extends AsyncDisposable {
  app: AppDbConnection
  keyring: Keyring
  /** The superuser on each database. */
  admins: Target[]
  /** Tells the databases, once they have a schema, whose they are. */
  admit(): Promise<void>
}

interface Home {
  id: TenantId
  slug: string
  admin: Target
  serviceRole: string
  tenantIdInDataSource: string
}

export async function openBenchFleet(server: ServerAddress, count: number): Promise<BenchFleet> {
  const appDatabase = await createAppDatabase(server)
  const app = openAppDb({ target: appDatabase.app })
  const keyring = parseKeyring(`k1:${generateKey()}`)
  const ownerId = await app.db.users.create({ email: 'bench@example.com', name: 'Bench', passwordHash: null })
  const mark = randomBytes(3).toString('hex')
  const homes: Home[] = []
  for (let number = 0; number < count; number++) {
    const slug = `fleet-${mark}-${number}`
    homes.push(await makeHome({ server, app, keyring, slug, ownerId }))
  }
  return {
    app,
    keyring,
    admins: homes.map(({ admin }) => admin),
    admit: async () => {
      for (const home of homes) await admit(app, keyring, home)
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      for (const { admin } of homes) await dropDatabase(server, admin.database)
      await appDatabase.drop()
    },
  }
}

/** The other contender needs databases and nothing else. */
export async function openPlainDatabases(server: ServerAddress, count: number) {
  const mark = randomBytes(3).toString('hex')
  const names = Array.from({ length: count }, (_, number) => `plain_${mark}_${number}`)
  await withAdminConnection(adminOf(server, 'postgres'), async (run) => {
    for (const name of names) await run(`create database ${name}`)
  })
  return {
    admins: names.map((name) => adminOf(server, name)),
    async [Symbol.asyncDispose]() {
      for (const name of names) await dropDatabase(server, name)
    },
  }
}

async function makeHome(given: {
  server: ServerAddress
  app: AppDbConnection
  keyring: Keyring
  slug: string
  ownerId: Awaited<ReturnType<AppDbConnection['db']['users']['create']>>
}): Promise<Home> {
  const { server, app, keyring, slug, ownerId } = given
  const database = slug.replaceAll('-', '_')
  const [owner, serviceRole] = [ownerRoleOf(database), `${database}_service`]
  await withAdminConnection(adminOf(server, 'postgres'), async (run) => {
    await run(`create database ${database}`)
    await run(`create role ${owner}; create role ${serviceRole} login noinherit password '${password}'`)
    await run(`grant ${owner} to ${serviceRole}; revoke all on database ${database} from public;
      grant connect, create, temporary on database ${database} to ${owner};
      grant connect on database ${database} to ${serviceRole}`)
  })
  const settings = { name: slug, trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR', ownerId }
  const id = await app.db.tenants.create('bench', { slug, ...settings })
  const home = { id, slug, admin: adminOf(server, database), serviceRole, tenantIdInDataSource: randomUUID() }
  await setDataSource(app, keyring, home, '1/1/1')
  return home
}

async function admit(app: AppDbConnection, keyring: Keyring, home: Home): Promise<void> {
  const identity = await withAdminConnection(home.admin, async (run) => {
    await run('call crm.admit($1::name, $2::uuid)', [home.serviceRole, home.tenantIdInDataSource])
    const [found] = await run<{ identity: string }>(
      `select concat_ws('/', (select system_identifier from pg_control_system()),
        (select oid from pg_database where datname = current_database()), epoch) as identity from crm.identity`,
    )
    return found?.identity ?? ''
  })
  await setDataSource(app, keyring, home, identity)
}

async function setDataSource(app: AppDbConnection, keyring: Keyring, home: Home, identity: string): Promise<void> {
  const { id: tenantId, slug, admin, serviceRole, tenantIdInDataSource } = home
  const sealed = (column: 'data_source_anon_key' | 'data_source_service_key') =>
    seal(keyring, password, { tenantId, column })
  await app.db.tenants.setDataSource('bench', slug, {
    dataSourceUrl: dataSourceUrl(admin, serviceRole),
    dataSourceAnonKey: sealed('data_source_anon_key'),
    dataSourceServiceKey: sealed('data_source_service_key'),
    dataSourceRegion: 'here',
    connectionPoolConfig: { serviceRole },
    tenantIdInDataSource,
    dataSourceIdentity: identity,
    placement: 'dedicated',
  })
}

const password = 'bench'

export function adminOf({ host, port, user, password: secret }: ServerAddress, database: string): Target {
  return { host, port, database, user, password: () => secret, tls: 'off' }
}

export async function dropDatabase(server: ServerAddress, database: string): Promise<void> {
  await withAdminConnection(adminOf(server, 'postgres'), (run) =>
    run(`drop database if exists ${database} with (force)`),
  )
}
