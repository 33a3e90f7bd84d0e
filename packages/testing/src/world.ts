import { openAppDb, type AppDbConnection } from '@tenantry/app-db/open'
import type { TenantGrant } from '@tenantry/app-db/types'
import type { Target } from '@tenantry/connections/target'
import type { SessionId, TenantId, UserId } from '@tenantry/contracts/ids'
import { Role } from '@tenantry/contracts/roles'
import { generateKey, parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { openDataSources, type DataSources } from '@tenantry/data-sources'
import { provisionTenant } from '@tenantry/fleet/provision'
import { openLogger } from '@tenantry/telemetry/logger'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { randomUUID } from 'node:crypto'
import { createAppDatabase } from './app-database.ts'
import { createPreparedDatabase } from './tenant-database.ts'

/** Where a company of the world lives. Companies that name the same `database` share it. */
export interface WorldHome {
  server: ServerAddress
  /** A label; left out, the company has a database of its own. */
  database?: string
}

export interface WorldPerson {
  id: UserId
  email: string
  name: string
}

export interface WorldTenant {
  slug: string
  /** The application's id of the tenant; its own database knows it by another one. */
  id: TenantId
  tenantIdInDataSource: string
  /** The superuser on the tenant's database: sees every row of it. */
  admin: Target
  /** One member per role. */
  people: Record<Role, WorldPerson>
}

/** An application database, companies with databases set up as in production, and one member per role in each. */
export interface World<Slug extends string> extends AsyncDisposable {
  app: AppDbConnection
  /** The superuser on the application database. */
  appAdmin: Target
  /** As the application logs in there. */
  appTarget: Target
  keyring: Keyring
  keys: string
  dataSources: DataSources
  tenants: Record<Slug, WorldTenant>
  /** Starts a session of a person in the company they belong to. */
  startSession(person: WorldPerson): Promise<SessionId>
  /** What a request of that session would carry. */
  grantOf(session: SessionId): Promise<TenantGrant>
  close(): Promise<void>
}

export async function createWorld<Slug extends string>(
  appServer: ServerAddress,
  homes: Record<Slug, WorldHome>,
): Promise<World<Slug>> {
  const database = await createAppDatabase(appServer)
  const keys = `k1:${generateKey()}`
  const keyring = parseKeyring(keys)
  const app = openAppDb({ target: database.app, hashPassword: notHashed })
  const logger = openLogger({ level: 'silent' })
  const dataSources = openDataSources({ appDb: app.db, keyring, logger })
  const startSession = ({ id, name }: WorldPerson) =>
    app.db.sessions.start({ userId: id, name, userAgent: null, requestId: null })
  const grantOf = async (session: SessionId) => {
    const found = await app.db.sessions.resolve(session, { requestId: 'test' })
    if (!found?.grant) throw new Error('the session has no grant')
    return found.grant
  }
  const places = new Map<string, ReturnType<typeof createPreparedDatabase>>()
  const tenants: Partial<Record<Slug, WorldTenant>> = {}
  for (const [slug, home] of Object.entries<WorldHome>(homes)) {
    const label = home.database ?? slug
    const placement = home.database === undefined ? 'dedicated' : 'shared'
    const place = places.get(label) ?? createPreparedDatabase(home.server)
    places.set(label, place)
    // The keys of `homes` are the slugs.
    tenants[slug as Slug] = await createTenant(
      { app, dataSources, keyring, slug, placement, admin: (await place).admin },
      async (owner) => grantOf(await startSession(owner)),
    )
  }
  const close = async () => {
    await dataSources.close()
    await app.close()
    await Promise.all([...places.values()].map(async (place) => (await place).drop()))
    await database.drop()
  }
  return {
    app,
    appAdmin: database.admin,
    appTarget: database.app,
    keyring,
    keys,
    dataSources,
    tenants: tenants as Record<Slug, WorldTenant>,
    startSession,
    grantOf,
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function createTenant(
  given: {
    app: AppDbConnection
    dataSources: DataSources
    keyring: Keyring
    slug: string
    placement: 'dedicated' | 'shared'
    admin: Target
  },
  grantAs: (owner: WorldPerson) => Promise<TenantGrant>,
): Promise<WorldTenant> {
  const { app, dataSources, keyring, slug, admin } = given
  const person = (role: Role) => ({ email: `${role}@${slug}.example`, name: `${role} of ${slug}` })
  const ownerId = await app.db.users.create({ ...person('owner'), passwordHash: null })
  const settings = { trade: 'photo_booth', timeZone: 'Europe/Berlin', locale: 'en-GB', currency: 'EUR' }
  const id = await app.db.tenants.create('tests', { slug, name: `Company ${slug}`, ...settings, ownerId })
  const { tenantIdInDataSource } = await provisionTenant({
    appDb: app.db,
    keyring,
    operatorName: 'tests',
    tenant: { id, slug },
    home: {
      server: admin,
      database: admin.database,
      placement: given.placement,
      region: 'test',
      poolConfig: { max: 4 },
    },
  })
  const owner = { id: ownerId, ...person('owner') }
  const grant = await grantAs(owner)
  const join = async (role: Role): Promise<[Role, WorldPerson]> => {
    if (role === 'owner') return [role, owner]
    const member = await app.db.memberships.add(grant, { ...person(role), role })
    return [role, { id: member.userId, ...person(role) }]
  }
  const people = Object.fromEntries(await Promise.all(Role.options.map(join))) as Record<Role, WorldPerson>
  const members = await app.db.memberships.list(grant)
  await dataSources.withTenantWriter(grant, async (db) => {
    await db.memberRefs.put(members)
    await db.company.put({ name: `Company ${slug}`, ...settings })
  })
  return { slug, id, tenantIdInDataSource, admin, people }
}

/** The worlds' people sign in with a session of their own; a password would cost each test 19 MiB of argon2. */
function notHashed(): Promise<string> {
  return Promise.resolve(`not a hash ${randomUUID()}`)
}
