import { withAdminConnection } from '@tenantry/connections/admin'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import { startServer } from '@tenantry/local-postgres'
import { createTenantDatabase } from '@tenantry/testing/tenant-database'
import { BrokenCircuitError } from 'cockatiel'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { listen, saslServer } from './hostile-server.fixture.ts'
import { usePlacements } from './placements.fixture.ts'
import { openTestDataSources } from './tenants.fixture.ts'
import { askForAnAccount, refused, whose } from './work.fixture.ts'

const placements = usePlacements()
const isAway = expect.stringMatching(/^TENANT_DATABASE_(UNREACHABLE|TIMEOUT)$/) as string
/** Who queues behind those who wait for a frozen server may hear that no connection became free. */
const isAwayOrBusy = expect.stringMatching(/^TENANT_DATABASE_(UNREACHABLE|TIMEOUT|BUSY)$/) as string

test('a server that closes, is silent or is not there fails in time, and another tenant is undisturbed', async () => {
  const { desk, dataSources } = openTestDataSources()
  const healthy = desk.grant(desk.admit(placements.first))
  const ports = [await listen((socket) => socket.destroy()), await listen(() => undefined), 1]
  const dead = ports.map((port) => desk.grant(desk.admit(placements.first, { app: { port } })))
  const began = performance.now()
  const failures = Promise.allSettled(dead.map((grant) => dataSources.withTenant(grant, whose)))
  for (let count = 0; count < 20; count++) await dataSources.withTenant(healthy, whose)
  for (const result of await failures) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: isAway, retryAfterSeconds: 5 } })
  }
  expect(performance.now() - began).toBeLessThan(8_000)
})

test('a server that freezes under its work fails in time, keeps nobody else waiting, and is served again when it thaws', async () => {
  await using server = await startServer({ ephemeral: true, durable: false })
  const { host, port, superuser: user, password } = server
  const { tenants } = await createTenantDatabase({ host, port, user, password })
  const [frozen] = tenants
  if (frozen === undefined) throw new Error('the database has a tenant')
  const { desk, dataSources } = openTestDataSources({ breakerHalfOpenAfterMs: 300 })
  const [mine, other] = [desk.admit(frozen), desk.admit(placements.first)]
  await dataSources.withTenant(desk.grant(mine), whose)
  server.freeze()
  const began = performance.now()
  const attempts = Array.from({ length: 20 }, (_, at) =>
    dataSources[at % 2 === 0 ? 'withTenant' : 'withTenantWriter'](desk.grant(mine), whose),
  )
  const failures = Promise.allSettled(attempts)
  const slowest = await slowestOf(50, () => dataSources.withTenant(desk.grant(other), whose))
  for (const result of await failures) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: isAwayOrBusy } })
  }
  expect(performance.now() - began).toBeLessThan(8_000)
  // Less than the wait for a connection: nobody stood in the same queue.
  expect(slowest).toBeLessThan(1_500)
  expect((await dataSources.getTenantConnectionInfo(desk.grant(other))).breaker).toEqual({
    read: 'closed',
    write: 'closed',
  })
  server.thaw()
  await sleep(350)
  expect(await dataSources.withTenant(desk.grant(mine), whose)).toBe(frozen.tenantIdInDataSource)
  expect(await dataSources.withTenantWriter(desk.grant(mine), whose)).toBe(frozen.tenantIdInDataSource)
})

test('the breaker opens after five outages, refuses without asking, and lets a recovered server in again', async () => {
  const { desk, dataSources } = openTestDataSources({ breakerHalfOpenAfterMs: 1_000 })
  const tenantId = desk.admit(placements.first, { app: { port: 1 } })
  const away = { code: 'TENANT_DATABASE_UNREACHABLE', retryAfterSeconds: 5 }
  for (let count = 0; count < 5; count++) {
    const attempt = dataSources.withTenant(desk.grant(tenantId), whose)
    await expect(attempt).rejects.toMatchObject({ ...away, cause: { code: 'CONNECTION_REFUSED' } })
  }
  const refusal: unknown = await dataSources.withTenant(desk.grant(tenantId), whose).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ ...away, cause: expect.any(BrokenCircuitError) as unknown })
  expect((await dataSources.getTenantConnectionInfo(desk.grant(tenantId))).breaker).toEqual({
    read: 'open',
    write: 'closed',
  })
  const { url } = desk.record(desk.admit(placements.first))
  Object.assign(desk.record(tenantId), { url, version: 2 })
  await sleep(1_050)
  const repaired = desk.grant(tenantId, { dataSourceVersion: 2 })
  expect(await dataSources.withTenant(repaired, whose)).toBe(placements.first.tenantIdInDataSource)
})

test('what a record or a rule answers opens no breaker', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first))
  const bug = new TypeError('a bug')
  for (let count = 0; count < 6; count++) {
    await expect(dataSources.withTenant(grant, () => Promise.reject(bug))).rejects.toBe(bug)
    await refused(dataSources.withTenant(grant, askForAnAccount), 'NOT_FOUND')
  }
  expect((await dataSources.getTenantConnectionInfo(grant)).breaker).toEqual({ read: 'closed', write: 'closed' })
})

test('a server that asks for a million rounds of hashing is refused before the first, by requests and tests alike', async () => {
  const { desk, dataSources } = openTestDataSources()
  const port = await saslServer({ iterations: 999_999 })
  const grant = desk.grant(desk.admit(placements.first, { app: { port } }))
  // Each round would hold up the event loop, and with it everybody else.
  const reason = expect.stringMatching(/iteration count/) as string
  await expect(dataSources.withTenant(grant, whose)).rejects.toMatchObject({
    code: 'TENANT_DATABASE_UNREACHABLE',
    cause: { detail: { reason } },
  })
  const test = await dataSources.testTenantConnection(grant)
  expect(test).toMatchObject({ success: false, code: 'TENANT_DATABASE_UNREACHABLE' })
  expect(test.steps.at(-1)).toMatchObject({ step: 'connect', ok: false })
})

test('a full pool answers with a time to wait: without waiting when too many do, in time when nothing becomes free', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admit(placements.first, { pool: { max: 1, maxWaiting: 1, acquireMs: 500 } }))
  const busy = (reason: string) => ({
    code: 'TENANT_DATABASE_BUSY',
    retryAfterSeconds: 1,
    cause: { detail: { reason } },
  })
  await dataSources.withTenantWriter(grant, async (db) => {
    await whose(db)
    const waits = dataSources.withTenant(grant, whose)
    await expect(dataSources.withTenant(grant, whose)).rejects.toMatchObject(busy('too many are waiting'))
    let begun = 0
    const refusal: unknown = await dataSources.withTenant(grant, async () => ++begun).catch((error: unknown) => error)
    expect(begun).toBe(0)
    expect(refusal).toMatchObject({ stack: expect.not.stringContaining('.ts:') as string })
    await expect(waits).rejects.toMatchObject(busy('no connection became free'))
  })
  expect(await dataSources.withTenant(grant, whose)).toBe(placements.first.tenantIdInDataSource)
})

test("the tenant's own connection_pool_config bounds its connections and statements", async () => {
  const { desk, dataSources } = openTestDataSources({
    pool: { connectMs: 10_000, acquireMs: 15_000, statementMs: 15_000 },
  })
  const grant = desk.grant(desk.admit(placements.alone, { pool: { max: 2, statementMs: 500, idleMs: 3_000 } }))
  await Promise.all(Array.from({ length: 6 }, () => dataSources.withTenant(grant, whose)))
  await withAdminConnection(placements.dedicated.admin, async (run) => {
    const sessions = () => run('select pid from pg_stat_activity where usename = $1', [placements.alone.app.user])
    expect((await sessions()).length).toBeLessThanOrEqual(2)
    await run('begin; lock table crm.accounts in access exclusive mode')
    const began = performance.now()
    const slow = dataSources.withTenant(grant, (db) => db.accounts.list(AccountListQuery.parse({})))
    await refused(slow, 'TENANT_DATABASE_TIMEOUT')
    expect(performance.now() - began).toBeLessThan(8_000)
    await run('rollback')
    await expect.poll(sessions, { timeout: 10_000 }).toHaveLength(0)
  })
})

async function slowestOf(count: number, work: () => Promise<unknown>): Promise<number> {
  let slowest = 0
  for (let at = 0; at < count; at++) {
    const began = performance.now()
    await work()
    slowest = Math.max(slowest, performance.now() - began)
  }
  return slowest
}
