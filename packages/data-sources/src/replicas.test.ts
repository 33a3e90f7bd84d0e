import { openAdminLink, withAdminConnection, type AdminLink } from '@tenantry/connections/admin'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { accountInput } from '@tenantry/testing/factories/account'
import { createTenantDatabase, type TenantDatabase, type TestTenant } from '@tenantry/testing/tenant-database'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataSourceMetrics } from './metrics.ts'
import type { Served } from './read-placement.ts'
import { openTestDataSources, type Grant } from './tenants.fixture.ts'
import { refused, whose } from './work.fixture.ts'

let primary: LocalServer
let replica: LocalServer
let database: TenantDatabase
let atReplica: AdminLink
beforeAll(async () => {
  primary = await startServer({ ephemeral: true, durable: false })
  replica = await startServer({ ephemeral: true, durable: false, replicaOf: primary })
  const { host, port, superuser: user, password } = primary
  database = await createTenantDatabase({ host, port, user, password }, 2)
  await caughtUp()
  atReplica = await openAdminLink({ ...database.admin, port: replica.port })
})
afterAll(async () => {
  await atReplica.close()
  await replica.stop()
  await primary.stop()
})

/** Until the standby shows everything the primary has now. */
async function caughtUp(): Promise<void> {
  const position = 'select pg_current_wal_insert_lsn()::text as lsn'
  const [now] = await withAdminConnection(database.admin, (run) => run(position))
  const shown = `select coalesce(pg_last_wal_replay_lsn() >= '${String(now?.['lsn'])}'::pg_lsn, false)::text as shown`
  const standby = { ...database.admin, database: 'postgres', port: replica.port }
  const isShown = async () => (await withAdminConnection(standby, (run) => run(shown)))[0]?.['shown']
  while ((await isShown()) !== 'true') await sleep(20)
}

function tenantAt(position: number): TestTenant {
  const tenant = database.tenants[position]
  if (tenant === undefined) throw new Error('the database has two tenants')
  return tenant
}

/** A process in the region of the replica, and a tenant that has one there. */
function openProcess(changes: { readOnlyFallback?: boolean; replicaPort?: number } = {}) {
  const { desk, dataSources } = openTestDataSources({ region: 'far' })
  const tenant = tenantAt(0)
  const { readOnlyFallback = false, replicaPort = replica.port } = changes
  const replicas = [
    { url: `postgres://127.0.0.1:${replicaPort}/${tenant.app.database}?sslmode=disable`, region: 'far' },
  ]
  const grant = desk.grant(desk.admit(tenant, { region: 'near', replicas, readOnlyFallback }))
  const served: Served[] = []
  const onServed = (one: Served) => void served.push(one)
  const create = async () => {
    let mark: string | undefined
    const account = await dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()), {
      onWritten: (written) => (mark = written),
    })
    if (mark === undefined) throw new Error('a write with replicas leaves a mark')
    return { account, mark }
  }
  const read = (id: Awaited<ReturnType<typeof create>>['account']['id'], after?: string) =>
    dataSources.withTenant(grant, (db) => db.accounts.byId(id), { after, onServed })
  return { desk, dataSources, grant, served, create, read, onServed }
}

const froms = (served: Served[]) => served.map(({ from }) => from)

test('reads go to the replica of the own region, writes to the primary, and the replica proves whose it is', async () => {
  const { dataSources, grant, create, read, served, onServed } = openProcess()
  const { account } = await create()
  await caughtUp()
  expect(await read(account.id)).toEqual(account)
  expect(await dataSources.withTenant(grant, whose, { onServed })).toBe(tenantAt(0).tenantIdInDataSource)
  expect(served).toEqual([
    { from: 'replica', mayBeBehind: false },
    { from: 'replica', mayBeBehind: false },
  ])
  const { classes, tenants } = dataSources.statistics()
  expect(classes.dedicated).toMatchObject({ readFromReplica: 2, connect: { count: 2 } })
  expect(tenants.map((one) => one.to)).toEqual(expect.arrayContaining(['primary', `127.0.0.1:${replica.port}`]))
  for (const metric of dataSourceMetrics(dataSources.statistics(), { byTenant: true })) {
    const series = metric.points.map(({ labels }) => JSON.stringify(labels))
    expect({ name: metric.name, series: new Set(series).size }).toEqual({ name: metric.name, series: series.length })
  }
})

test('a reader never misses what it wrote: while replay is paused its reads go to the primary, others to the replica', async () => {
  const { create, read, served } = openProcess()
  await atReplica.run('select pg_wal_replay_pause()')
  try {
    const { account, mark } = await create()
    expect(await read(account.id, mark)).toEqual(account)
    await refused(read(account.id), 'NOT_FOUND')
    expect(froms(served)).toEqual(['primary', 'replica'])
  } finally {
    await atReplica.run('select pg_wal_replay_resume()')
  }
  await caughtUp()
  const { account, mark } = await create()
  await caughtUp()
  expect(await read(account.id, mark)).toEqual(account)
  expect(froms(served).at(-1)).toBe('replica')
})

test('many writes, each read at once by who made it, are all seen, wherever the read went', async () => {
  const { create, read, served } = openProcess()
  for (let count = 0; count < 40; count++) {
    const { account, mark } = await create()
    expect((await read(account.id, mark)).id).toBe(account.id)
  }
  expect(served).toHaveLength(40)
})

test('a process elsewhere, and one that was not told where it is, read from the primary', async () => {
  for (const region of ['near', undefined]) {
    const { desk, dataSources } = openTestDataSources(region === undefined ? {} : { region })
    const tenant = tenantAt(0)
    const replicas = [{ url: `postgres://127.0.0.1:1/${tenant.app.database}`, region: 'far' }]
    const served: Served[] = []
    const reading = { onServed: (one: Served) => void served.push(one) }
    await dataSources.withTenant(desk.grant(desk.admit(tenant, { replicas })), whose, reading)
    expect(froms(served)).toEqual(['primary'])
  }
})

test('a replica that is not there costs nobody a read: the primary answers, and it is left alone for a while', async () => {
  const { dataSources, grant, served, onServed } = openProcess({ replicaPort: 1 })
  for (let count = 0; count < 5; count++)
    expect(await dataSources.withTenant(grant, whose, { onServed })).toBe(tenantAt(0).tenantIdInDataSource)
  expect(froms(served)).toEqual(['primary', 'primary', 'primary', 'primary', 'primary'])
})

test('a server that follows nobody is no replica, even with the right identity', async () => {
  const { dataSources, grant, served, onServed } = openProcess({ replicaPort: primary.port })
  expect(await dataSources.withTenant(grant, whose, { onServed })).toBe(tenantAt(0).tenantIdInDataSource)
  expect(froms(served)).toEqual(['primary'])
})

test('the login of another tenant is refused at a replica as at the primary', async () => {
  const { desk, dataSources } = openTestDataSources({ region: 'far' })
  const [mine, other] = [tenantAt(0), tenantAt(1)]
  const replicas = [{ url: `postgres://127.0.0.1:${replica.port}/${mine.app.database}?sslmode=disable`, region: 'far' }]
  const grant = desk.grant(desk.admit(mine, { app: other.app, replicas }))
  await refused(dataSources.withTenant(grant, whose), 'TENANT_DATABASE_MISMATCH')
})

test('a replica of another database is a mistake that is told, and a mark of another server is not believed', async () => {
  const { desk, dataSources } = openTestDataSources({ region: 'far' })
  const replicas = [{ url: 'postgres://127.0.0.1:1/other', region: 'far' }]
  await refused(
    dataSources.withTenant(desk.grant(desk.admit(tenantAt(0), { replicas })), whose),
    'CONFIGURATION_INVALID',
  )
  const { create, read, served } = openProcess()
  const { account } = await create()
  await caughtUp()
  for (const mark of ['1:FFFFFFFF/FFFFFFFF', 'nonsense', "0'; select 1", ''])
    expect(await read(account.id, mark)).toEqual(account)
  expect(froms(served)).toEqual(['replica', 'replica', 'replica', 'replica'])
})

test('with the primary away, reads are answered by a replica and say that they may be behind, only where that was asked for', async () => {
  const answers: (Grant | string)[] = []
  for (const readOnlyFallback of [false, true]) {
    const { desk, dataSources } = openTestDataSources({ region: 'near', breakerHalfOpenAfterMs: 60_000 })
    const tenant = tenantAt(0)
    const replicas = [
      { url: `postgres://127.0.0.1:${replica.port}/${tenant.app.database}?sslmode=disable`, region: 'far' },
    ]
    const away = { app: { port: 1 }, replicas, readOnlyFallback }
    const grant = desk.grant(desk.admit(tenant, away))
    for (let count = 0; count < 5; count++)
      await refused(dataSources.withTenant(grant, whose), 'TENANT_DATABASE_UNREACHABLE')
    const served: Served[] = []
    const reading = { onServed: (one: Served) => void served.push(one) }
    answers.push(
      await dataSources.withTenant(grant, whose, reading).catch(({ code }: { code: string }) => code),
      JSON.stringify(served),
    )
    await refused(dataSources.withTenantWriter(grant, whose), 'TENANT_DATABASE_UNREACHABLE')
  }
  expect(answers).toEqual([
    'TENANT_DATABASE_UNREACHABLE',
    JSON.stringify([{ from: 'primary', mayBeBehind: false }]),
    tenantAt(0).tenantIdInDataSource,
    JSON.stringify([{ from: 'replica', mayBeBehind: true }]),
  ])
})

test('a look at the data source tells how its replica is, and a replica that is away makes it degraded', async () => {
  const { dataSources, grant, create } = openProcess()
  await create()
  await caughtUp()
  // The server writes to its log by itself now and then, and the replica is behind for a moment.
  await expect
    .poll(async () => (await dataSources.examine(grant)).finding)
    .toMatchObject({
      state: 'healthy',
      replicas: [{ address: `127.0.0.1:${replica.port}`, region: 'far', state: 'healthy', lagBytes: 0 }],
    })
  const { dataSources: unlucky, grant: lost } = openProcess({ replicaPort: 1 })
  expect((await unlucky.examine(lost)).finding).toMatchObject({
    state: 'degraded',
    code: 'TENANT_DATABASE_UNREACHABLE',
    message: 'Of 1 replicas 1 cannot answer reads: 127.0.0.1:1 is unreachable.',
    replicas: [{ state: 'unreachable', lagBytes: null }],
  })
  const { dataSources: mistaken, grant: wrong } = openProcess({ replicaPort: primary.port })
  expect((await mistaken.examine(wrong)).finding).toMatchObject({ state: 'degraded', replicas: [{ state: 'refused' }] })
})
