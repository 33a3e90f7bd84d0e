import { expect, test } from 'vitest'
import { Latency } from './latency.ts'
import { usePlacements } from './placements.fixture.ts'
import { openTestDataSources } from './tenants.fixture.ts'
import { askForAnAccount, refused, whose } from './work.fixture.ts'

const placements = usePlacements()

test('the statistics count loads, connects, work and the failures of the server side, by placement', async () => {
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admit(placements.first, { placement: 'shared', region: 'eu' })
  await dataSources.withTenant(desk.grant(tenantId), whose)
  await dataSources.withTenant(desk.grant(tenantId), whose)
  await dataSources.withTenantWriter(desk.grant(tenantId), whose)
  await refused(dataSources.withTenant(desk.grant(tenantId), askForAnAccount), 'NOT_FOUND')
  const statistics = dataSources.statistics()
  expect(statistics).toMatchObject({
    configCache: { entries: 1, hits: 3, misses: 1 },
    opening: { count: 1 },
    pools: { entries: 1, evictions: 0 },
    classes: { shared: { connect: { count: 1 }, read: { count: 2 }, write: { count: 1 }, errors: {} } },
    tenants: [{ tenantId, placement: 'shared', region: 'eu', pool: { max: 4, open: 1, idle: 1, waiting: 0 } }],
  })
  expect(JSON.stringify(statistics)).not.toContain(placements.first.app.password())
})

test('outages are counted by code, and each breaker that opens is a transition', async () => {
  const { desk, dataSources } = openTestDataSources({ breakerHalfOpenAfterMs: 60_000 })
  const grant = desk.grant(desk.admit(placements.first, { app: { port: 1 } }))
  for (let count = 0; count < 7; count++)
    await refused(dataSources.withTenant(grant, whose), 'TENANT_DATABASE_UNREACHABLE')
  expect(dataSources.statistics()).toMatchObject({
    breakers: { open: 1, halfOpen: 0, transitions: { open: 1, closed: 0 } },
    classes: { dedicated: { read: { count: 0 }, errors: { TENANT_DATABASE_UNREACHABLE: 7 } } },
    tenants: [{ breaker: { read: 'open', write: 'closed' } }],
  })
})

test('a data source that is not even read counts as a failure of no placement', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first, { sealedAnonKey: 'nonsense' }))
  await refused(dataSources.withTenant(grant, whose), 'CREDENTIAL_FORMAT')
  expect(dataSources.statistics().classes.unknown.errors).toEqual({ CREDENTIAL_FORMAT: 1 })
})

test('an evicted pool is counted', async () => {
  const { desk, dataSources } = openTestDataSources({ maxPools: 1 })
  for (const tenant of [placements.first, placements.second])
    await dataSources.withTenant(desk.grant(desk.admit(tenant)), whose)
  expect(dataSources.statistics().pools).toEqual({ entries: 1, evictions: 1 })
})

test('a latency counts each duration in its bucket and all below it', () => {
  const latency = new Latency()
  for (const ms of [0.1, 3, 3, 400, 60_000]) latency.record(ms)
  const { count, sumMs, buckets } = latency.view()
  expect({ count, sumMs }).toEqual({ count: 5, sumMs: 60_406.1 })
  const upTo = (ms: number) => buckets.find(({ leMs }) => leMs === ms)?.count
  expect([upTo(0.5), upTo(2), upTo(5), upTo(500), upTo(30_000)]).toEqual([1, 1, 3, 4, 4])
})
