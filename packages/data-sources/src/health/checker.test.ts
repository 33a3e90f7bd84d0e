import type { DataSourceState, HealthFinding } from '@tenantry/contracts/data-source-health'
import { startServer, type LocalServer } from '@tenantry/local-postgres'
import { openLogger } from '@tenantry/telemetry/logger'
import { lookInto } from '@tenantry/testing/look-into'
import { createWorld, type World } from '@tenantry/testing/world'
import { mainServer } from '@tenantry/vitest-config/servers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openDataSources } from '../data-sources.ts'
import { whose } from '../work.fixture.ts'
import { HealthChecker, type HealthSource, type HealthTurn } from './checker.ts'

let server: LocalServer
let world: World<'alder' | 'birch' | 'cedar'>
beforeAll(async () => {
  server = await startServer({ ephemeral: true, durable: false })
  const { host, port, superuser: user, password } = server
  world = await createWorld(mainServer(), {
    alder: { server: { host, port, user, password } },
    birch: { server: mainServer(), database: 'shared' },
    cedar: { server: mainServer(), database: 'shared' },
  })
})
afterAll(async () => {
  await world.close()
  await server.stop()
})

const everyMs = 400
const slugs = ['alder', 'birch', 'cedar'] as const

/** A process of the product that looks at data sources. */
function openProcess({ mostPerServer = 20, ...health }: { mostPerServer?: number; leaseMs?: number } = {}) {
  const { app } = world
  const dataSources = openDataSources({
    appDb: app.db,
    keyring: world.keyring,
    logger: openLogger({ level: 'silent' }),
    budget: { source: app.connectionShares, mostPerServer },
    health: { rounds: app.healthRounds, everyMs, ...health },
  })
  onTestFinished(() => dataSources.close())
  return { dataSources }
}

const makeAllDue = () => lookInto(world.appAdmin, 'update app.data_source_health set due_at = now()')
const healthOf = async (slug: (typeof slugs)[number]) => (await world.app.health.all()).get(slug)
const stateOf = async (slug: (typeof slugs)[number]) => (await healthOf(slug))?.state
/** The interval, a tenth more, and what a look that is waited for takes. */
const within = (ms: number) => ({ timeout: everyMs * 1.1 + ms, interval: 20 })
const becomes = (state: DataSourceState, ms = 1_500) => expect.poll(() => stateOf('alder'), within(ms)).toBe(state)

test('a server that stops, freezes and comes back is found so within the interval, and its neighbours stay as they were', async () => {
  openProcess()
  await becomes('healthy')
  await expect.poll(() => stateOf('birch')).toBe('healthy')
  const since = (await healthOf('birch'))?.since
  await server.kill()
  await becomes('unreachable')
  expect(await healthOf('alder')).toMatchObject({ code: 'TENANT_DATABASE_UNREACHABLE', schemaVersion: null })
  await server.restart()
  await becomes('healthy')
  server.freeze()
  await becomes('unreachable', 4_500)
  expect(await healthOf('alder')).toMatchObject({ code: 'TENANT_DATABASE_TIMEOUT' })
  server.thaw()
  await becomes('healthy', 4_500)
  expect(await healthOf('alder')).toMatchObject({
    code: null,
    message: null,
    schemaVersion: expect.stringMatching(/^\d{4}_/) as string,
    serverVersion: expect.stringMatching(/^18/) as string,
    databaseBytes: expect.any(Number) as number,
  })
  expect(await healthOf('birch')).toMatchObject({ state: 'healthy', since })
})

test('many processes look at each database as often as one would', async () => {
  const processes = Array.from({ length: 3 }, () => openProcess())
  const looks = () =>
    processes.reduce((sum, { dataSources }) => sum + (dataSources.statistics().healthChecks.healthy ?? 0), 0)
  await expect.poll(looks, { timeout: 5_000 }).toBeGreaterThanOrEqual(3)
  const [before, began] = [looks(), performance.now()]
  await sleep(3_000)
  const perTenant = (looks() - before) / slugs.length
  const intervals = (performance.now() - began) / everyMs
  expect(perTenant).toBeGreaterThan(intervals * 0.3)
  expect(perTenant).toBeLessThan(intervals * 1.25)
})

test('what a process had taken on when it died is looked at by another one', async () => {
  await makeAllDue()
  const dead = await world.app.healthRounds.take({ atMost: 10, without: [], leaseMs: 700 })
  expect(dead.turns).toHaveLength(slugs.length)
  const { dataSources } = openProcess()
  const looks = () => dataSources.statistics().healthChecks.healthy ?? 0
  await sleep(300)
  expect(looks()).toBe(0)
  await expect.poll(looks, { timeout: 5_000 }).toBeGreaterThanOrEqual(slugs.length)
})

test('a look takes no connection that work has: it tells that none was free, and work goes on', async () => {
  const { dataSources } = openProcess({ mostPerServer: 1 })
  await becomes('healthy')
  const grant = await world.grantOf(await world.startSession(world.tenants.alder.people.member))
  await dataSources.withTenantWriter(grant, async (db) => {
    await whose(db)
    await becomes('degraded', 4_500)
    expect(await healthOf('alder')).toMatchObject({ code: 'TENANT_DATABASE_BUSY' })
    await whose(db)
  })
  await becomes('healthy', 4_500)
})

test('a database that lacks a migration is behind, and one that takes the login for nobody refuses', async () => {
  openProcess()
  const { admin } = world.tenants.alder
  const rename = `update crm.schema_migrations m set tag = $1 from crm.schema_migrations before
    where m.position = before.position and m.position = (select max(position) from crm.schema_migrations)
    returning before.tag`
  const [last] = await lookInto<{ tag: string }>(admin, rename, ['0004_search_and_bin_2'])
  await becomes('behind')
  expect(await healthOf('alder')).toMatchObject({ code: 'TENANT_SCHEMA_BEHIND' })
  await lookInto(admin, rename, [last?.tag])
  await becomes('healthy')
  const [serving] = await lookInto<{ role: string }>(
    admin,
    `select role from crm.identity where role not like '%\\_s%' limit 1`,
  )
  const role = serving?.role ?? 'nobody'
  await lookInto(admin, `alter role "${role}" nologin`)
  await becomes('refused')
  expect(await healthOf('alder')).toMatchObject({ code: 'TENANT_DATABASE_REFUSED' })
  await lookInto(admin, `alter role "${role}" login`)
  await becomes('healthy')
})

test('a process that serves nobody looks at no database unless it is told to', async () => {
  const logger = openLogger({ level: 'silent' })
  await using dataSources = openDataSources({ appDb: world.app.db, keyring: world.keyring, logger })
  await makeAllDue()
  await sleep(300)
  expect(dataSources.statistics().healthChecks).toEqual({})
})

test('a server whose databases do not answer leaves the looks at others their places', async () => {
  const waiting = [...Array.from({ length: 10 }, () => 'frozen:1'), 'well:1', 'well:1', 'well:1']
  const seen: string[] = []
  const source: HealthSource = {
    take: async ({ without }) => {
      const at = waiting.findIndex((name) => !without.includes(name))
      const turns = at === -1 ? [] : waiting.splice(at, 1).map(turnOf)
      return { turns, nextInMs: 10 }
    },
  }
  const turnOf = (name: string): HealthTurn => ({
    tenantId: name,
    server: name,
    before: null,
    dataSource: () => Promise.reject(new TypeError('it is not asked')),
    settle: async () => void seen.push(name),
  })
  const never = new Promise<HealthFinding>(() => undefined)
  const found = { state: 'healthy', checkedAt: '', code: null, message: null, milliseconds: 1 } as const
  const finding = { ...found, schemaVersion: null, serverVersion: null, databaseBytes: null, replicas: [] }
  const look = (turn: HealthTurn) => (turn.server === 'frozen:1' ? never : Promise.resolve(finding))
  const checker = new HealthChecker({ source, everyMs }, look, openLogger({ level: 'silent' }))
  await expect.poll(() => seen).toEqual(['well:1', 'well:1', 'well:1'])
  expect(waiting).toHaveLength(8)
  await checker.close()
})
