import { withAdminConnection } from '@tenantry/connections/admin'
import { createDatabase } from '@tenantry/testing/databases'
import { createTenantDatabase, type TenantDatabase } from '@tenantry/testing/tenant-database'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Grant, openTestDataSources } from './tenants.fixture.ts'
import type { TenantReader } from '@tenantry/tenant-db/types'

let shared: TenantDatabase
let elsewhere: TenantDatabase
beforeAll(async () => {
  ;[shared, elsewhere] = await Promise.all([createTenantDatabase(mainServer(), 2), createTenantDatabase(elsewhereServer())])
})
afterAll(async () => {
  await Promise.all([shared.drop(), elsewhere.drop()])
})

test('each grant opens the database of its own tenant, also two tenants in one database', async () => {
  const { desk, dataSources } = openTestDataSources()
  for (const tenant of [...shared.tenants, ...elsewhere.tenants]) {
    const identity = await dataSources.withTenant(desk.grant(desk.admitTenant(tenant)), whose)
    expect(identity).toBe(tenant.tenantIdInDataSource)
  }
  await dataSources.close()
})

test('a forged, copied or expired grant is refused before anything is read', async () => {
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admitTenant(tenant())
  const genuine = desk.grant(tenantId)
  const forged: unknown[] = [Object.assign({}, genuine), Object.create(genuine), JSON.parse(JSON.stringify(genuine)), {}]
  for (const grant of forged) await refused(dataSources.withTenant(grant as Grant, whose), 'GRANT_REFUSED')
  await refused(dataSources.withTenant(tenantId as unknown as Grant, whose), 'GRANT_REFUSED')
  await refused(dataSources.withTenant(desk.grant(tenantId, { expiresAt: new Date(0) }), whose), 'GRANT_REFUSED')
  expect(desk.loads).toBe(0)
  await dataSources.close()
})

test('a grant that only reads opens no transaction', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admitTenant(tenant()), { access: 'read' })
  await refused(dataSources.withTenantWriter(grant, whose), 'TENANT_SUSPENDED')
  expect(await dataSources.withTenant(grant, whose)).toBe(tenant().tenantIdInDataSource)
  await dataSources.close()
})

test('a handle kept past its work is closed', async () => {
  const { desk, dataSources } = openTestDataSources()
  const grant = desk.grant(desk.admitTenant(tenant()))
  await refused((await keep((work) => dataSources.withTenant(grant, work))).identity.read(), 'HANDLE_CLOSED')
  await refused((await keep((work) => dataSources.withTenantWriter(grant, work))).identity.read(), 'HANDLE_CLOSED')
  await dataSources.close()
})

test('another tenant behind the URL, an empty database and a wrong password run no work, and are reported', async () => {
  const { desk, dataSources } = openTestDataSources()
  await using empty = await disposable(createDatabase(mainServer()))
  const [first, second] = shared.tenants
  if (!first || !second) throw new Error('two tenants share the database')
  const other = second.tenantIdInDataSource
  await refused(dataSources.withTenant(desk.grant(desk.admit(first.app, other)), unreachable), 'TENANT_DATABASE_MISMATCH')
  await refused(dataSources.withTenant(desk.grant(desk.admit(empty.admin, other)), unreachable), 'TENANT_DATABASE_MISMATCH')
  const wrong = { ...first.app, password: () => 'wrong' }
  await refused(dataSources.withTenant(desk.grant(desk.admit(wrong, other)), unreachable), 'TENANT_DATABASE_REFUSED')
  expect(desk.reported).toEqual(['TENANT_DATABASE_MISMATCH', 'TENANT_DATABASE_MISMATCH', 'TENANT_DATABASE_REFUSED'])
  await dataSources.close()
})

test('a credential sealed for another tenant does not open, and is reported', async () => {
  const { desk, dataSources } = openTestDataSources()
  const { sealedAnonKey } = desk.record(desk.admitTenant(tenant()))
  const grant = desk.grant(desk.admit(tenant().app, tenant().tenantIdInDataSource, { sealedAnonKey }))
  await refused(dataSources.withTenant(grant, unreachable), 'CREDENTIAL_WRONG_TENANT')
  expect(desk.reported).toEqual(['CREDENTIAL_WRONG_TENANT'])
  await dataSources.close()
})

test('a server that closes, is silent or is not there fails in time, and another tenant is undisturbed', async () => {
  const { desk, dataSources } = openTestDataSources()
  const healthy = desk.grant(desk.admitTenant(tenant()))
  const sockets: Socket[] = []
  const closing = await listen((socket) => socket.destroy())
  const silent = await listen((socket) => sockets.push(socket))
  const dead = [closing.port, silent.port, 1].map((port) => desk.grant(desk.admit({ ...tenant().app, port }, tenant().tenantIdInDataSource)))
  const began = performance.now()
  const failures = Promise.allSettled(dead.map((grant) => dataSources.withTenant(grant, whose)))
  for (let count = 0; count < 20; count++) await dataSources.withTenant(healthy, whose)
  for (const result of await failures) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: expect.stringMatching(/^TENANT_DATABASE_(UNREACHABLE|TIMEOUT)$/) } })
  }
  expect(performance.now() - began).toBeLessThan(3_000)
  await dataSources.close()
  for (const socket of sockets) socket.destroy()
  closing.server.close()
  silent.server.close()
})

test('the breaker opens after five outages, refuses at once, and lets a recovered server in again', async () => {
  const { desk, dataSources } = openTestDataSources({ breakerHalfOpenAfterMs: 300 })
  const tenantId = desk.admit({ ...tenant().app, port: 1 }, tenant().tenantIdInDataSource)
  for (let count = 0; count < 5; count++) await dataSources.withTenant(desk.grant(tenantId), whose).catch(() => undefined)
  const began = performance.now()
  await refused(dataSources.withTenant(desk.grant(tenantId), whose), 'TENANT_DATABASE_UNREACHABLE')
  expect(performance.now() - began).toBeLessThan(50)
  desk.record(tenantId).url = desk.record(tenantId).url.replace(':1/', `:${tenant().app.port}/`)
  await new Promise((resolve) => setTimeout(resolve, 350))
  const repaired = desk.grant(tenantId, { dataSourceVersion: '2' })
  expect(await dataSources.withTenant(repaired, whose)).toBe(tenant().tenantIdInDataSource)
  await dataSources.close()
})

test('callers at once share one load of the data source; a new version is loaded again', async () => {
  const { desk, dataSources } = openTestDataSources()
  const tenantId = desk.admitTenant(tenant())
  await Promise.all(Array.from({ length: 10 }, () => dataSources.withTenant(desk.grant(tenantId), whose)))
  expect(desk.loads).toBe(1)
  await dataSources.withTenant(desk.grant(tenantId, { dataSourceVersion: '2' }), whose)
  expect(desk.loads).toBe(2)
  await dataSources.close()
})

test('a pool in use is evicted without being closed under its work', async () => {
  const { desk, dataSources } = openTestDataSources({ maxPools: 1 })
  const [mine, other] = [tenant(), elsewhere.tenants[0]]
  if (!other) throw new Error('a tenant lives elsewhere')
  const name = await dataSources.withTenant(desk.grant(desk.admitTenant(mine)), async (db) => {
    await dataSources.withTenant(desk.grant(desk.admitTenant(other)), whose)
    await dataSources.clearAllCaches()
    return await whose(db)
  })
  expect(name).toBe(mine.tenantIdInDataSource)
  await dataSources.close()
  await withAdminConnection(shared.admin, async (run) => {
    expect(await run(`select 1 from pg_stat_activity where usename = '${mine.app.user}'`)).toHaveLength(0)
  })
})

test('a connection test tells step by step where it ended, and shows no secret', async () => {
  const { desk, dataSources } = openTestDataSources()
  const good = await dataSources.getTenantConnectionInfo(desk.grant(desk.admitTenant(tenant())))
  expect(good.test).toMatchObject({ success: true, code: null })
  expect(good.test.steps.map(({ step }) => step)).toEqual(['config', 'connect', 'prove', 'query'])
  expect(good.serverVersion).toMatch(/^18/)
  expect(JSON.stringify(good)).not.toContain(tenant().app.password())
  const away = desk.grant(desk.admit({ ...tenant().app, port: 1 }, tenant().tenantIdInDataSource))
  const bad = await dataSources.testTenantConnection(away)
  expect(bad).toMatchObject({ success: false, code: 'TENANT_DATABASE_UNREACHABLE' })
  expect(bad.steps.at(-1)?.ok).toBe(false)
  await dataSources.close()
})

test('swapped URLs, swapped credentials and a restored copy are refused, and no row is read or written', async () => {
  const { desk, dataSources } = openTestDataSources()
  await using copy = await createTenantDatabase(mainServer())
  const [first, second] = shared.tenants
  const [other, restored] = [elsewhere.tenants[0], copy.tenants[0]]
  if (!first || !second || !other || !restored) throw new Error('the worlds have tenants')
  const confusions = [
    desk.admit(other.app, first.tenantIdInDataSource),
    desk.admit({ ...first.app, user: second.app.user }, second.tenantIdInDataSource),
    desk.admit({ ...first.app, password: second.app.password }, first.tenantIdInDataSource),
    desk.admit(second.app, first.tenantIdInDataSource),
    desk.admit({ ...first.app, database: copy.admin.database }, first.tenantIdInDataSource),
  ]
  const counts = () => Promise.all([shared, elsewhere, copy].map(({ admin }) => withAdminConnection(admin, (run) => run(rowsTouched))))
  const before = await counts()
  const codes: unknown[] = []
  for (const tenantId of confusions) {
    const attempt = dataSources.withTenantWriter(desk.grant(tenantId), unreachable)
    codes.push(await attempt.then(() => 'it was answered', ({ code }: { code: string }) => code))
  }
  expect(codes).toEqual(desk.reported)
  expect(codes.every((code) => code === 'TENANT_DATABASE_MISMATCH' || code === 'TENANT_DATABASE_REFUSED')).toBe(true)
  await dataSources.close()
  expect(await counts()).toEqual(before)

  // The measure itself: one genuine read does move it, as soon as its backend has reported.
  const genuine = openTestDataSources()
  const grant = genuine.desk.grant(genuine.desk.admitTenant(first))
  await expect(genuine.dataSources.withTenant(grant, unreachable)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await genuine.dataSources.close()
  await expect.poll(counts, { timeout: 3_000 }).not.toEqual(before)
})

/** Scans and writes of every business table; identity is what the proof itself may read. */
const rowsTouched = `
  select sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del) as touched
  from pg_stat_user_tables where schemaname = 'crm' and relname <> 'identity'`

function tenant() {
  const [first] = shared.tenants
  if (!first) throw new Error('the shared database has tenants')
  return first
}

async function whose(db: TenantReader): Promise<string> {
  return (await db.identity.read()).tenantIdInDataSource
}

/** Reads, so that the connection is opened; must not get an answer. */
async function unreachable(db: TenantReader): Promise<never> {
  await db.accounts.byId('01900000-0000-7000-8000-000000000001' as Parameters<typeof db.accounts.byId>[0])
  throw new Error('a business statement was answered')
}

async function keep(lend: (work: (db: TenantReader) => Promise<TenantReader>) => Promise<TenantReader>): Promise<TenantReader> {
  return await lend(async (db) => db)
}

async function refused(attempt: Promise<unknown>, code: string): Promise<void> {
  await expect(attempt).rejects.toMatchObject({ code })
}

async function disposable<T extends { drop(): Promise<void> }>(opening: Promise<T>): Promise<T & AsyncDisposable> {
  const opened = await opening
  return { ...opened, [Symbol.asyncDispose]: () => opened.drop() }
}

async function listen(onSocket: (socket: Socket) => void) {
  const server = createServer(onSocket).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}
