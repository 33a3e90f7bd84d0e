import type { TenantGrant } from '@tenantry/app-db/types'
import { withAdminConnection } from '@tenantry/connections/admin'
import { openLogger } from '@tenantry/telemetry/logger'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { accountInput } from '@tenantry/testing/factories/account'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openDataSources } from './data-sources.ts'
import { askForAnAccount, refused, whose } from './work.fixture.ts'

let world: World<'bloom' | 'cedar' | 'acme'>
beforeAll(async () => {
  world = await createWorld(mainServer(), {
    bloom: { server: mainServer(), database: 'shared' },
    cedar: { server: mainServer(), database: 'shared' },
    acme: { server: elsewhereServer() },
  })
})
afterAll(() => world.close())
afterEach(() => vi.restoreAllMocks())

type Slug = keyof typeof world.tenants
const signedIn = async (slug: Slug, role: 'owner' | 'member' = 'member') =>
  world.grantOf(await world.startSession(world.tenants[slug].people[role]))
const why = { reason: 'a test', access: 'write', requestId: 'r1' } as const
const lastEntry = async (grant: TenantGrant, action: string) =>
  (await world.app.db.audit.list(grant, { limit: 1, action })).rows[0]

/** Data sources that nobody else has filled the caches of. */
function openFresh(appDb = world.app.db) {
  const logger = openLogger({ level: 'silent' })
  const dataSources = openDataSources({ appDb, keyring: world.keyring, logger })
  onTestFinished(() => dataSources.close())
  return dataSources
}

describe.each(['bloom', 'acme'] as const)('%s', (slug) => {
  test('a member writes into the database of their own company, in their own name, and nobody else reads it', async () => {
    const { tenantIdInDataSource, people, admin } = world.tenants[slug]
    const grant = await signedIn(slug)
    const account = await world.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
    expect(await world.dataSources.withTenant(grant, (db) => db.accounts.byId(account.id))).toEqual(account)
    const history = 'select tenant_id, actor_id, request_id from crm.record_changes where entity_id = $1'
    expect(await withAdminConnection(admin, (run) => run(history, [account.id]))).toEqual([
      { tenant_id: tenantIdInDataSource, actor_id: people.member.id, request_id: 'test' },
    ])
    for (const other of Object.keys(world.tenants) as Slug[]) {
      if (other === slug) continue
      const foreign = await signedIn(other)
      await refused(
        world.dataSources.withTenant(foreign, (db) => db.accounts.byId(account.id)),
        'NOT_FOUND',
      )
    }
  })

  test('an operator and a job write in their own name, and the audit log of the company shows their grants', async () => {
    const { admin } = world.tenants[slug]
    const grants = {
      operator: await world.app.grants.forOperator('ines', slug, why),
      system: await world.app.grants.forSystem('nightly', slug, why),
    }
    for (const [kind, grant] of Object.entries(grants)) {
      const { id } = await world.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
      const history = 'select actor_kind, actor_id from crm.record_changes where entity_id = $1'
      expect(await withAdminConnection(admin, (run) => run(history, [id]))).toEqual([
        { actor_kind: kind, actor_id: null },
      ])
    }
    const { rows } = await world.app.db.audit.list(await signedIn(slug, 'owner'), { limit: 2, action: 'grant.minted' })
    expect(rows.map(({ actorName }) => actorName)).toEqual(['nightly', 'ines'])
  })

  test('a removed member gets no grant, and the one still on its way ends with its minute', async () => {
    const owner = await signedIn(slug, 'owner')
    const session = await world.startSession(world.tenants[slug].people.member)
    const kept = await world.grantOf(session)
    const { id: userId } = world.tenants[slug].people.member
    await world.app.db.memberships.setStatus(owner, { userId, status: 'removed' })
    expect((await world.app.db.sessions.resolve(session, { requestId: 'r' }))?.grant).toBeNull()
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
    await refused(world.dataSources.withTenant(kept, whose), 'GRANT_REFUSED')
    vi.restoreAllMocks()
    await world.app.db.memberships.setStatus(await signedIn(slug, 'owner'), { userId, status: 'active' })
  })

  test('a suspended company is read and not written, an archived one is neither', async () => {
    const session = await world.startSession(world.tenants[slug].people.member)
    await world.app.db.tenants.setStatus('ines', slug, 'suspended')
    const grant = await world.grantOf(session)
    expect(await world.dataSources.withTenant(grant, whose)).toBe(world.tenants[slug].tenantIdInDataSource)
    await refused(world.dataSources.withTenantWriter(grant, whose), 'TENANT_SUSPENDED')
    await world.app.db.tenants.setStatus('ines', slug, 'archived')
    await refused(world.app.grants.forOperator('ines', slug, why), 'TENANT_ARCHIVED')
    await world.app.db.tenants.setStatus('ines', slug, 'active')
  })

  test('a change of the data source is in force with the next grant, in every process, and its refusal is in the audit log', async () => {
    const processes = [openFresh(), openFresh()]
    const before = await world.app.grants.forOperator('ines', slug, why)
    for (const dataSources of processes) await dataSources.withTenant(before, whose)
    const record = await world.app.db.dataSources.forGrant(before)
    const moved = { dataSourceIdentity: record.identity.replace(/\d+$/, '2') }
    const change = (columns: string) =>
      withAdminConnection(world.appAdmin, (run) => run(`update app.tenants set ${columns} where slug = '${slug}'`))
    await change(`data_source_identity = '${moved.dataSourceIdentity}'`)
    const after = await world.app.grants.forOperator('ines', slug, why)
    for (const dataSources of processes)
      await refused(dataSources.withTenant(after, askForAnAccount), 'TENANT_DATABASE_MISMATCH')
    expect(await lastEntry(after, 'data_source.refused')).toMatchObject({
      actorName: 'ines',
      detail: { code: 'TENANT_DATABASE_MISMATCH', reason: 'it is from before the last move' },
    })
    await change(`data_source_identity = '${record.identity}'`)
    const repaired = await world.app.grants.forOperator('ines', slug, why)
    for (const dataSources of processes) {
      expect(await dataSources.withTenant(repaired, whose)).toBe(world.tenants[slug].tenantIdInDataSource)
    }
  })
})

test('a grant of one company opens nothing of another, whatever is written onto it', async () => {
  const grant = await signedIn('bloom')
  const forgeries: unknown[] = [
    Object.assign({}, grant, { tenantId: world.tenants.cedar.id }),
    Object.assign(Object.create(grant) as object, { tenantSlug: 'cedar' }),
    new Proxy(grant, {}),
    structuredClone(Object.assign({}, grant)),
    world.tenants.cedar.id,
    { ...world.tenants.cedar },
  ]
  for (const forged of forgeries) {
    await refused(world.dataSources.withTenant(forged as TenantGrant, whose), 'GRANT_REFUSED')
    await refused(world.dataSources.clearTenantCache(forged as TenantGrant), 'GRANT_REFUSED')
  }
  expect(() => Object.assign(grant, { tenantId: world.tenants.cedar.id })).toThrow(TypeError)
})

const settings = { slug: 'fresh', name: 'Fresh', trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR' }

test('a company without a data source says so, and shows nothing', async () => {
  await world.app.db.tenants.create('ines', { ...settings, ownerId: world.tenants.acme.people.owner.id })
  const grant = await world.app.grants.forOperator('ines', 'fresh', why)
  await refused(world.dataSources.withTenant(grant, whose), 'TENANT_DATABASE_NOT_CONFIGURED')
  await refused(world.dataSources.getTenantConnectionInfo(grant), 'TENANT_DATABASE_NOT_CONFIGURED')
})

test('a lost application database is not taken for a lost tenant database', async () => {
  const database = await createAppDatabase(mainServer())
  const app = database.open()
  const ownerId = await app.db.users.create({ email: 'o@x.example', name: 'O', passwordHash: null })
  await app.db.tenants.create('ines', { ...settings, ownerId })
  const grant = await app.grants.forOperator('ines', 'fresh', why)
  const dataSources = openFresh(app.db)
  await app.close()
  await database.drop()
  await refused(dataSources.withTenant(grant, whose), 'APP_DATABASE_UNAVAILABLE')
  const report = await dataSources.testTenantConnection(grant)
  expect(report).toMatchObject({ code: 'APP_DATABASE_UNAVAILABLE', steps: [{ step: 'config' }] })
})
