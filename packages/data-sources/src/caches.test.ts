import { withAdminConnection } from '@tenantry/connections/admin'
import type { TestTenant } from '@tenantry/testing/tenant-database'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { usePlacements } from './placements.fixture.ts'
import { openTestDataSources } from './tenants.fixture.ts'
import { refused, whose } from './work.fixture.ts'

const placements = usePlacements()

/** What the server itself says about sessions of the tenant's login. */
function sessionsOf(tenant: TestTenant): Promise<unknown[]> {
  return withAdminConnection(placements.shared.admin, (run) =>
    run('select pid from pg_stat_activity where usename = $1', [tenant.app.user]),
  )
}

test('callers at once share one load of the data source; a new version is loaded again, an older one is not', async () => {
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admit(placements.first)
  await Promise.all(Array.from({ length: 10 }, () => dataSources.withTenant(desk.grant(tenantId), whose)))
  expect(desk.loads).toBe(1)
  await dataSources.withTenant(desk.grant(tenantId, { dataSourceVersion: 2 }), whose)
  expect(desk.loads).toBe(2)
  await dataSources.withTenant(desk.grant(tenantId), whose)
  expect(desk.loads).toBe(2)
})

test('a data source that could not be loaded is not remembered', async () => {
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admit(placements.first)
  const { url } = desk.record(tenantId)
  desk.record(tenantId).url = 'mysql://nowhere'
  await refused(dataSources.withTenant(desk.grant(tenantId), whose), 'CONFIGURATION_INVALID')
  desk.record(tenantId).url = url
  expect(await dataSources.withTenant(desk.grant(tenantId), whose)).toBe(placements.first.tenantIdInDataSource)
})

test('a new version of the data source takes over with the next grant, while the old one serves its work to the end', async () => {
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admit(placements.first)
  await dataSources.withTenant(desk.grant(tenantId), async (db) => {
    Object.assign(desk.record(tenantId), { version: 2, pool: { max: 2 } })
    const grant = desk.grant(tenantId, { dataSourceVersion: 2 })
    expect(await dataSources.withTenant(grant, whose)).toBe(placements.first.tenantIdInDataSource)
    expect((await dataSources.getTenantConnectionInfo(grant)).pool).toMatchObject({ max: 2, open: 1 })
    expect(await whose(db)).toBe(placements.first.tenantIdInDataSource)
  })
})

test('a pool in use is evicted without being closed under its work', async () => {
  const { desk, dataSources } = openTestDataSources({ maxPools: 1 })
  const name = await dataSources.withTenant(desk.grant(desk.admit(placements.first)), async (db) => {
    await dataSources.withTenant(desk.grant(desk.admit(placements.alone)), whose)
    await dataSources.clearAllCaches()
    return await whose(db)
  })
  expect(name).toBe(placements.first.tenantIdInDataSource)
  await dataSources.close()
  await expect.poll(() => sessionsOf(placements.first)).toHaveLength(0)
})

test("clearing one tenant's cache reads its data source again, opens its breaker and leaves the other tenants' pools", async () => {
  const { desk, dataSources } = openTestDataSources()
  const [mine, other] = [desk.admit(placements.first), desk.admit(placements.second)]
  for (const tenantId of [mine, other]) await dataSources.withTenant(desk.grant(tenantId), whose)
  const [before] = await sessionsOf(placements.second)
  const { url } = desk.record(mine)
  Object.assign(desk.record(mine), { url: url.replace(/:\d+\//, ':1/') })
  await dataSources.clearTenantCache(desk.grant(mine))
  for (let count = 0; count < 6; count++)
    await refused(dataSources.withTenant(desk.grant(mine), whose), 'TENANT_DATABASE_UNREACHABLE')
  Object.assign(desk.record(mine), { url })
  await dataSources.clearTenantCache(desk.grant(mine))
  expect(await dataSources.withTenant(desk.grant(mine), whose)).toBe(placements.first.tenantIdInDataSource)
  await dataSources.withTenant(desk.grant(other), whose)
  expect(await sessionsOf(placements.second)).toEqual([before])
})

test('only a genuine grant clears a cache', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first))
  await refused(dataSources.clearTenantCache(Object.assign({}, grant)), 'GRANT_REFUSED')
})

test('what nobody uses any more is cleaned up by the timer', async () => {
  const { desk, dataSources } = openTestDataSources({ configTtlMs: 100, poolTtlMs: 100, cleanUpEveryMs: 50 })
  const tenantId = desk.admit(placements.first)
  await dataSources.withTenant(desk.grant(tenantId), whose)
  await expect.poll(() => sessionsOf(placements.first), { timeout: 10_000 }).toHaveLength(0)
  await dataSources.withTenant(desk.grant(tenantId), whose)
  expect(desk.loads).toBe(2)
})

test('a pool that is used again and again outlives its time', async () => {
  const { desk, dataSources } = openTestDataSources({ poolTtlMs: 1_500, cleanUpEveryMs: 20 })
  const grant = desk.grant(desk.admit(placements.first))
  const seen = new Set<string>()
  for (let count = 0; count < 7; count++) {
    await dataSources.withTenant(grant, whose)
    seen.add(JSON.stringify(await sessionsOf(placements.first)))
    await sleep(300)
  }
  expect(seen.size).toBe(1)
})
