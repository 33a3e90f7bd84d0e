import { withAdminConnection } from '@tenantry/connections/admin'
import { createAppDatabase } from '@tenantry/testing/app-database'
import { createTenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { ManagerOptions } from './manager.ts'
import type { Share, ShareSource } from './server-budget.ts'
import { openTestDataSources, type Grant } from './tenants.fixture.ts'
import { refused, whose } from './work.fixture.ts'

/** What one process alone would be told. */
const aloneOf: ShareSource = {
  renew: async ({ wants, most }) => ({ allowed: Math.min(wants, most), isTight: wants >= most }),
}

async function stage(tenantCount: number) {
  const database = await createTenantDatabase(mainServer(), tenantCount)
  onTestFinished(() => database.drop())
  const open = () =>
    withAdminConnection(database.admin, async (run) => {
      const question = `select count(*)::int as count from pg_stat_activity where usename like 'tenant%' and datname = current_database()`
      const [row] = await run<{ count: number }>(question)
      return row?.count ?? 0
    })
  return { tenants: database.tenants, open }
}

function openProcess(
  tenants: TestTenant[],
  mostPerServer: number,
  { source = aloneOf, ...options }: Partial<ManagerOptions<Grant>> & { source?: ShareSource } = {},
) {
  const { desk, dataSources } = openTestDataSources({ budget: { source, mostPerServer }, ...options })
  const grants = tenants.map((tenant) => desk.grant(desk.admit(tenant)))
  return { desk, dataSources, grants, read: (grant: Grant) => dataSources.withTenant(grant, whose) }
}

/** Looks again and again how many are open while something goes on. */
async function mostOpenDuring(open: () => Promise<number>, work: Promise<unknown>): Promise<number> {
  let most = 0
  let over = false
  const ended = work.finally(() => (over = true))
  ended.catch(() => undefined)
  while (!over) most = Math.max(most, await open())
  await ended
  return most
}

test('more tenants than connections are all served, one after the other, and never with more than there are', async () => {
  const { tenants, open } = await stage(8)
  const { dataSources, grants, read } = openProcess(tenants, 3)
  const work = Promise.all(Array.from({ length: 6 }, () => Promise.all(grants.map(read))))
  expect(await mostOpenDuring(open, work)).toBeLessThanOrEqual(3)
  expect((await work).flat()).toHaveLength(48)
  const [server] = dataSources.statistics().servers
  expect(server).toMatchObject({ most: 3, waiting: 0 })
  expect(server?.evictions).toBeGreaterThan(0)
})

test('a tenant that has all connections gives one up for another, however many of its own are waiting', async () => {
  const { tenants } = await stage(2)
  const { dataSources, grants, read } = openProcess(tenants, 4)
  const [greedy, modest] = grants
  if (greedy === undefined || modest === undefined) throw new Error('two tenants')
  let over = false
  const hog = async () => {
    while (!over) await dataSources.withTenantWriter(greedy, () => sleep(20))
  }
  const hogs = Array.from({ length: 30 }, hog)
  await expect.poll(() => dataSources.statistics().tenants[0]?.pool.waiting).toBeGreaterThan(10)
  for (let count = 0; count < 10; count++) expect(await read(modest)).toBe(tenants[1]?.tenantIdInDataSource)
  over = true
  await Promise.all(hogs)
})

test('work under way is never ended to make room: who waits too long is told that the database is busy', async () => {
  const { tenants } = await stage(2)
  const { dataSources, grants, read } = openProcess(tenants, 1, { pool: { acquireMs: 300 } })
  const [first, second] = grants
  if (first === undefined || second === undefined) throw new Error('two tenants')
  await dataSources.withTenantWriter(first, async (db) => {
    await db.identity.read()
    await expect(read(second)).rejects.toMatchObject({ code: 'TENANT_DATABASE_BUSY', retryAfterSeconds: 1 })
    await db.identity.read()
  })
  expect(await read(second)).toBe(tenants[1]?.tenantIdInDataSource)
  expect(dataSources.statistics().breakers).toMatchObject({ open: 0 })
})

test('500 tenants that nobody has asked for, all at once: each credential is opened once, each connects once', async () => {
  const { tenants } = await stage(1)
  const [tenant] = tenants
  if (tenant === undefined) throw new Error('a tenant')
  const { desk, dataSources } = openTestDataSources({
    budget: { source: aloneOf, mostPerServer: 40 },
    pool: { max: 1, acquireMs: 60_000, connectMs: 60_000, statementMs: 60_000 },
    maxPools: 1_000,
  })
  const grants = Array.from({ length: 500 }, () => desk.grant(desk.admit(tenant, { pool: {} })))
  const answers = await Promise.all(
    grants.flatMap((grant) => [0, 1, 2].map(() => dataSources.withTenant(grant, whose))),
  )
  expect(new Set(answers)).toEqual(new Set([tenant.tenantIdInDataSource]))
  expect(desk.loads).toBe(500)
  const { opening, classes, configCache } = dataSources.statistics()
  expect(opening.count).toBe(500)
  expect(configCache).toMatchObject({ misses: 500, hits: 1_000 })
  expect(classes.dedicated.connect.count).toBe(500)
})

test('a process that cannot agree with the others any more gives its connections back before they count on them', async () => {
  const { tenants } = await stage(1)
  let away = false
  const source: ShareSource = {
    renew: (ask) => (away ? Promise.reject(new TypeError('away')) : aloneOf.renew(ask)),
  }
  const { grants, read, dataSources } = openProcess(tenants, 2, { source })
  const [grant] = grants
  if (grant === undefined) throw new Error('a tenant')
  away = true
  await refused(read(grant), 'TENANT_DATABASE_BUSY')
  away = false
  expect(await read(grant)).toBe(tenants[0]?.tenantIdInDataSource)
  expect(dataSources.statistics().servers).toMatchObject([{ open: 1 }])
})

test('two processes share what one server has, and neither starves the other', async () => {
  const { tenants, open } = await stage(6)
  const database = await createAppDatabase(mainServer())
  const connections = [database.open(), database.open()]
  onTestFinished(async () => {
    await Promise.all(connections.map((app) => app.close()))
    await database.drop()
  })
  const options = { pool: { acquireMs: 20_000 } }
  const processes = connections.map(({ connectionShares: source }) => openProcess(tenants, 4, { source, ...options }))
  const work = Promise.all(
    processes.map(async ({ grants, read }) => {
      for (let count = 0; count < 8; count++) await Promise.all(grants.map(read))
    }),
  )
  expect(await mostOpenDuring(open, work)).toBeLessThanOrEqual(4)
})

test('shares add up to the budget at most, are fair when all want more, and end with a process that is not heard of', async () => {
  const database = await createAppDatabase(mainServer())
  const connections = Array.from({ length: 3 }, () => database.open())
  onTestFinished(async () => {
    await Promise.all(connections.map((app) => app.close()))
    await database.drop()
  })
  const [first, second, third] = connections.map((app) => app.connectionShares)
  if (!first || !second || !third) throw new Error('three processes')
  const ask = { server: 'db.example:5432', most: 10, ttlMs: 60_000 }
  const allowed = async (answer: Promise<Share>) => (await answer).allowed
  expect(await allowed(first.renew({ ...ask, holds: 0, wants: 20 }))).toBe(10)
  // All are held by the first one, until it is heard doing with less.
  expect(await second.renew({ ...ask, holds: 0, wants: 20 })).toEqual({ allowed: 0, isTight: true })
  expect(await allowed(first.renew({ ...ask, holds: 10, wants: 20 }))).toBe(5)
  expect(await allowed(second.renew({ ...ask, holds: 0, wants: 20 }))).toBe(0)
  expect(await allowed(first.renew({ ...ask, holds: 5, wants: 20 }))).toBe(5)
  expect(await allowed(second.renew({ ...ask, holds: 0, wants: 20 }))).toBe(5)
  // Who wants little gets it before the others share the rest.
  expect(await allowed(third.renew({ ...ask, holds: 0, wants: 2 }))).toBe(0)
  expect(await allowed(first.renew({ ...ask, holds: 4, wants: 20 }))).toBe(4)
  await third.renew({ ...ask, holds: 0, wants: 2, ttlMs: 1 })
  await sleep(20)
  expect(await allowed(first.renew({ ...ask, holds: 4, wants: 20 }))).toBe(5)
  expect(await allowed(first.renew({ ...ask, server: 'other.example:5432', holds: 0, wants: 20 }))).toBe(10)
})
