import { lookInto } from '@tenantry/testing/look-into'
import type { TestTenant } from '@tenantry/testing/tenant-database'
import { describe, expect, test } from 'vitest'
import { usePlacements } from './placements.fixture.ts'
import { keyring, openTestDataSources } from './tenants.fixture.ts'
import { seal } from '@tenantry/credentials/seal'

const placements = usePlacements()

describe.each(['dedicated', 'shared'] as const)('support access to a tenant in a %s database', (kind) => {
  const place = () => (kind === 'shared' ? placements.shared : placements.dedicated)
  const tenant = (): TestTenant => (kind === 'shared' ? placements.first : placements.alone)

  /** A tenant whose login for support is `as`'s, and a grant of support access to it. */
  function stage(as: 'support' | 'app' = 'support') {
    const { desk, dataSources } = openTestDataSources()
    const tenantId = desk.admit(tenant())
    const login = tenant()[as]
    const sealedKey = seal(keyring, login.password(), { tenantId, column: 'data_source_support_key' })
    Object.assign(desk.record(tenantId), { support: { role: login.user, sealedKey } })
    const grant = desk.grant(tenantId, { access: 'read', login: 'support' })
    return { desk, dataSources, tenantId, grant }
  }

  const rolesConnected = async () => {
    const rows = await lookInto<{ role: string }>(
      place().admin,
      `select distinct usename as role from pg_stat_activity where datname = current_database() and usename in ($1, $2) order by 1`,
      [tenant().app.user, tenant().support.user],
    )
    return rows.map(({ role }) => role)
  }

  test('reads through the role that can only read, and through no other', async () => {
    const { dataSources, grant } = stage()
    expect((await dataSources.withTenant(grant, (db) => db.identity.read())).tenantIdInDataSource).toBe(
      tenant().tenantIdInDataSource,
    )
    expect(await rolesConnected()).toEqual([tenant().support.user])
  })

  test('lends no connection of the role that writes, however warm its pool is', async () => {
    const { desk, dataSources, tenantId, grant } = stage()
    await dataSources.withTenant(desk.grant(tenantId), (db) => db.identity.read())
    await dataSources.withTenant(grant, (db) => db.identity.read())
    expect(await rolesConnected()).toEqual([tenant().app.user, tenant().support.user].toSorted())
  })

  test('gets no writing handle, and opens no connection for one', async () => {
    const { desk, dataSources, grant } = stage()
    await expect(dataSources.withTenantWriter(grant, async (db) => db.memberRefs.put([]))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(dataSources.withTenantStatement(grant, async (db) => db.memberRefs.put([]))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(desk.loads).toBe(0)
  })

  test('is refused where its login can do more than read', async () => {
    const { dataSources, grant } = stage('app')
    await expect(dataSources.withTenant(grant, (db) => db.identity.read())).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    })
  })

  test('does not fall back to the login that serves requests where there is no other', async () => {
    const { desk, dataSources } = openTestDataSources()
    const grant = desk.grant(desk.admit(tenant()), { access: 'read', login: 'support' })
    await expect(dataSources.withTenant(grant, (db) => db.identity.read())).rejects.toMatchObject({
      code: 'TENANT_DATABASE_NOT_CONFIGURED',
    })
    expect(await rolesConnected()).toEqual([])
  })

  test('a password sealed for another column does not open', async () => {
    const { desk, dataSources } = openTestDataSources()
    const tenantId = desk.admit(tenant())
    Object.assign(desk.record(tenantId), {
      support: { role: tenant().support.user, sealedKey: desk.record(tenantId).sealedAnonKey },
    })
    const grant = desk.grant(tenantId, { access: 'read', login: 'support' })
    await expect(dataSources.withTenant(grant, (db) => db.identity.read())).rejects.toMatchObject({
      code: 'CREDENTIAL_WRONG_COLUMN',
    })
  })
})
