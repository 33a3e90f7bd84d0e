import type { AppDbConnection } from '@tenantry/app-db/open'
import type { AppDb, GrantsRepository } from '@tenantry/app-db/types'
import { hashPassword } from '@tenantry/auth'
import type { TenantId, UserId } from '@tenantry/contracts/ids'
import { generateKey, parseKeyring, type Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import type { DataSources, TenantGrant } from '@tenantry/data-sources'
import { ensureSupportLogin } from '@tenantry/fleet/ensure-support-login'
import { dataSourceUrl, prepareHome, provisionTenant } from '@tenantry/fleet/provision'
import { randomUUID } from 'node:crypto'
import { demoPassword, people, type Character } from './characters.ts'
import { homeOf } from './homes.ts'
import { loadRecords } from './load-records.ts'
import { makeRecords } from './make-records.ts'
import type { DemoServers } from './servers.ts'

interface Ground {
  app: Pick<AppDbConnection, 'db' | 'grants'>
  dataSources: DataSources
  servers: DemoServers
  /** The keyring's text, newest key first. */
  keys: string
  onProgress: (step: string) => void
}

/** Who the audit log names for what the demo sets up. */
export const operatorName = 'demo'

/** The company, its database, its members and its records, each where it is missing. */
export async function ensureCompany(ground: Ground, character: Character): Promise<void> {
  const { app, onProgress } = ground
  const id = await ensureTenant(app.db, character)
  await ensureDataSource(ground, character, id)
  onProgress('members')
  const grant = await grantFor(app.grants, character)
  const members = await ensureMembers(app.db, character, grant)
  if (character.home === 'unreachable') return
  await ensureRecords(ground, character, members)
}

async function ensureTenant(appDb: AppDb, character: Character): Promise<TenantId> {
  const { slug, name, trade, timeZone, locale, currency } = character
  const found = (await appDb.tenants.listForOperator()).find((tenant) => tenant.slug === slug)
  if (found !== undefined) return found.id
  const ownerId = await ensureOwner(appDb, slug)
  return appDb.tenants.create(operatorName, { slug, name, trade, timeZone, locale, currency, ownerId })
}

async function ensureOwner(appDb: AppDb, slug: string): Promise<UserId> {
  const owner = people.find(({ roles }) => roles[slug] === 'owner')
  if (owner === undefined) throw new Error(`nobody owns the demo company ${slug}`)
  const found = await appDb.users.findCredential(owner.email)
  if (found !== undefined) return found.id
  const { email, name } = owner
  return appDb.users.create({ email, name, passwordHash: await hashPassword(demoPassword) })
}

async function ensureDataSource(ground: Ground, character: Character, id: TenantId): Promise<void> {
  const { app, servers, onProgress } = ground
  const { slug, home, sealedUnder } = character
  const found = (await app.db.tenants.listForOperator()).find((tenant) => tenant.slug === slug)
  const isProvisioned = found?.placement != null
  const keyring = sealedUnder === 'newest' ? parseKeyring(ground.keys) : olderFirst(ground.keys)
  const tenant = { id, slug }
  if (home === 'unreachable') {
    if (!isProvisioned) await pointNowhere(ground, character, { keyring, tenant })
    return
  }
  const { database, placement } = home
  const place = { server: servers[home.server], database, placement, region: `demo-${home.server}` }
  // Data that was kept may be older than the migrations of this checkout.
  if (!isProvisioned) {
    await provisionTenant({ appDb: app.db, keyring, operatorName, tenant, home: place, onProgress })
    return
  }
  const { admin } = await prepareHome(place, onProgress)
  const { tenantIdInDataSource } = found
  if (found.hasSupportLogin || tenantIdInDataSource === null) return
  await ensureSupportLogin({ appDb: app.db, keyring, operatorName, tenant, tenantIdInDataSource, admin })
}

/** A data source as an operator would have set it up, whose server is gone. */
async function pointNowhere(
  { app, servers }: Ground,
  character: Character,
  { keyring, tenant }: { keyring: Keyring; tenant: { id: TenantId; slug: string } },
): Promise<void> {
  const sealed = (column: 'data_source_anon_key' | 'data_source_service_key') =>
    seal(keyring, generateKey(), { tenantId: tenant.id, column })
  await app.db.tenants.setDataSource(operatorName, tenant.slug, {
    dataSourceUrl: dataSourceUrl(homeOf(character, servers), `tenant_${tenant.slug}`),
    dataSourceAnonKey: sealed('data_source_anon_key'),
    dataSourceServiceKey: sealed('data_source_service_key'),
    dataSourceRegion: 'demo-desert',
    connectionPoolConfig: { connectMs: 1000 },
    tenantIdInDataSource: randomUUID(),
    dataSourceIdentity: '0/0/1',
    placement: 'dedicated',
  })
}

function olderFirst(keys: string): Keyring {
  return parseKeyring(keys.split(',').toReversed().join(','))
}

function grantFor(grants: GrantsRepository, { slug }: Character): Promise<TenantGrant> {
  const why = { reason: 'set up the demo', access: 'write', requestId: 'demo' } as const
  return grants.forOperator(operatorName, slug, why)
}

type Members = Awaited<ReturnType<AppDb['memberships']['list']>>

async function ensureMembers(appDb: AppDb, { slug }: Character, grant: TenantGrant): Promise<Members> {
  const present = new Set((await appDb.memberships.list(grant)).map((member) => member.email))
  for (const { email, name, roles } of people) {
    const role = roles[slug]
    if (role === undefined || role === 'owner' || present.has(email)) continue
    await appDb.memberships.add(grant, { email, name, role, password: demoPassword })
  }
  return appDb.memberships.list(grant)
}

/** In one transaction, so that an interrupted start leaves either no records or all of them. */
async function ensureRecords(ground: Ground, character: Character, members: Members): Promise<void> {
  const { app, dataSources, onProgress } = ground
  const { source, ...sizes } = character.records
  const owner = members.find(({ role }) => role === 'owner')
  if (owner === undefined) throw new Error(`nobody owns the demo company ${character.slug}`)
  // Setting up a database takes longer than a grant lives.
  const present = await dataSources.withTenant(await grantFor(app.grants, character), (db) => db.pipelines.list())
  if (present.length > 0) return
  const records = makeRecords(source, sizes, new Date().toISOString().slice(0, 10))
  const owners = members.filter(({ role }) => role !== 'read_only').map(({ userId }) => userId)
  await signedIn(app.db, owner, (grant) =>
    dataSources.withTenantWriter(grant, async (db) => {
      await db.memberRefs.put(members)
      await loadRecords(db, { trade: source, records, owners, onProgress })
    }),
  )
}

/** The records' history shall name a person, as it would if somebody had typed them in. */
async function signedIn(
  appDb: AppDb,
  { userId, name }: { userId: UserId; name: string },
  work: (grant: TenantGrant) => Promise<void>,
): Promise<void> {
  const id = await appDb.sessions.start({ userId, name, userAgent: 'demo', requestId: 'demo' })
  const session = await appDb.sessions.resolve(id, { requestId: 'demo' })
  if (!session?.grant) throw new Error(`${name} cannot work in their own company`)
  await work(session.grant)
  await appDb.sessions.end(session.principal, session.tenant?.id ?? null)
}
