import { lookInto } from '@tenantry/testing/look-into'
import { mainServer } from '@tenantry/vitest-config/servers'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRuntime } from '../runtime.ts'
import { serveWorld, type ServedWorld } from '../served-world.fixture.ts'

let served: ServedWorld<'alder' | 'birch'>
beforeAll(async () => {
  served = await serveWorld({ alder: { server: mainServer() }, birch: { server: mainServer() } })
})
afterAll(() => served.close())

/** The value of each line, by name and labels. */
function linesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

function openConnections(lines: Map<string, number>, labels: string): number {
  const inState = (state: string) => lines.get(`tenantry_pool_connections{${labels},state="${state}"}`) ?? Number.NaN
  return inState('in_use') + inState('idle')
}

test('the metrics show what was done, and name no tenant', async () => {
  const browser = await served.as('alder')
  await browser.call('accounts.list', {})
  await browser.call('accounts.list', {})
  const { world, runtime } = served
  const run = await world.app.runs.start({ kind: 'fleet.migrate', input: {}, startedBy: 'olga' })
  const stream = 'tenantry_observed'
  await lookInto(world.appAdmin, `select pg_create_logical_replication_slot($1, 'pgoutput')`, [stream])
  await world.app.transfers.begin('olga', 'birch', '5f0f7c1e-3c54-4d8e-9a53-2b7b1c5e0a11')
  const text = await runtime.metricsText()
  await run.finish('done')
  await lookInto(world.appAdmin, 'select pg_drop_replication_slot($1)', [stream])
  await lookInto(world.appAdmin, `delete from app.transfers; update app.tenants set status = 'active'`)
  const lines = linesOf(text)
  expect(lines.get('tenantry_config_cache_lookups_total{result="miss"}')).toBe(1)
  // Members are brought over in the background after the first query, through the same caches.
  expect(lines.get('tenantry_config_cache_lookups_total{result="hit"}')).toBeGreaterThanOrEqual(1)
  expect(lines.get('tenantry_data_source_open_seconds_count')).toBe(1)
  expect(lines.get('tenantry_connect_seconds_count{placement="dedicated"}')).toBeGreaterThanOrEqual(1)
  expect(lines.get('tenantry_query_seconds_bucket{placement="dedicated",operation="read",le="+Inf"}')).toBe(2)
  expect(openConnections(lines, 'placement="dedicated"')).toBeGreaterThanOrEqual(1)
  expect(lines.get('tenantry_pool_waiting{placement="shared"}')).toBe(0)
  expect(lines.get('tenantry_breaker_transitions_total{to="open"}')).toBe(0)
  expect(lines.get('tenantry_runs_in_progress{kind="fleet.migrate",state="running"}')).toBe(1)
  expect(lines.get('tenantry_transfers{state="copying"}')).toBe(1)
  expect(lines.get('tenantry_transfer_backlog_bytes')).toBeGreaterThan(0)
  expect(lines.get('tenantry_application_database_up')).toBe(1)
  expect(lines.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
  for (const { id, slug, tenantIdInDataSource, admin } of Object.values(world.tenants)) {
    for (const name of [id, slug, tenantIdInDataSource, admin.database]) expect(text).not.toContain(name)
  }
})

test('the guide to monitoring has a line for each metric, with its kind, and for no other', async () => {
  const guide = readFileSync(new URL('../../../../docs/guides/monitoring.md', import.meta.url), 'utf8')
  const run = await served.world.app.runs.start({ kind: 'fleet.migrate', input: {}, startedBy: 'olga' })
  await served.stranger().ask('accounts.list', {})
  const text = await served.runtime.metricsText()
  await run.finish('done')
  const shown = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => `${name} ${kind}`)
  const told = [...guide.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, kind]) => `${name} ${kind}`)
  // It has lines only once something has failed.
  const missing = told.filter((line) => !shown.includes(line) && line !== 'tenantry_errors_total counter')
  expect({ missing, untold: shown.filter((line) => !told.includes(line)) }).toEqual({ missing: [], untold: [] })
  const queried = [...guide.matchAll(/\b(tenantry_\w+?)(?:_bucket)?[{[) ]/g)].map(([, name]) => name)
  expect(queried.filter((name) => !told.some((line) => line.startsWith(`${name} `)))).toEqual([])
})

test('tenants are told apart by their id when that is switched on', async () => {
  await using runtime = openRuntime({ ...served.config, tenantLabels: true })
  const { cookie } = await served.as('birch')
  await runtime.callerFor({ cookieHeader: cookie }).accounts.list({})
  const { id } = served.world.tenants.birch
  const lines = linesOf(await runtime.metricsText())
  expect(openConnections(lines, `placement="dedicated",tenant="${id}",to="primary"`)).toBeGreaterThanOrEqual(1)
  expect(lines.get(`tenantry_data_sources{state="unchecked",tenant="${id}"}`)).toBe(1)
})

test('the metrics count the data sources by state, and say for how long nobody has looked', async () => {
  const { health } = served.world.app
  const found = { code: null, message: null, schemaVersion: null, serverVersion: null, databaseBytes: null }
  const checkedAt = new Date().toISOString()
  await health.record('alder', { state: 'unreachable', checkedAt, milliseconds: 2_000, replicas: [], ...found })
  const lines = linesOf(await served.runtime.metricsText())
  expect(lines.get('tenantry_data_sources{state="unreachable"}')).toBe(1)
  expect(lines.get('tenantry_data_sources{state="unchecked"}')).toBe(1)
  expect(lines.get('tenantry_data_sources{state="healthy"}')).toBe(0)
  expect(lines.get('tenantry_health_check_overdue_seconds')).toBeGreaterThan(0)
})

test('a process is ready while its application database is, whatever the tenants databases do', async () => {
  expect(await served.runtime.readiness()).toEqual({ ready: true, applicationDatabase: 'ok' })
  const nowhere = served.config.appDatabaseUrl.replace(/:\d+\//, ':1/')
  await using away = openRuntime({ ...served.config, appDatabaseUrl: nowhere })
  expect(await away.readiness()).toEqual({ ready: false, applicationDatabase: 'unreachable' })
  expect(linesOf(await away.metricsText()).get('tenantry_application_database_up')).toBe(0)
  await lookInto(
    served.world.appAdmin,
    `update app.tenants set data_source_url = 'postgres://x@127.0.0.1:1/x' where slug = 'birch'`,
  )
  await using fresh = openRuntime(served.config)
  expect(await fresh.readiness()).toMatchObject({ ready: true })
})

test('a process whose application database lacks a migration is not ready', async () => {
  await lookInto(
    served.world.appAdmin,
    'delete from app.schema_migrations where position = (select max(position) from app.schema_migrations)',
  )
  await using runtime = openRuntime(served.config)
  expect(await runtime.readiness()).toEqual({ ready: false, applicationDatabase: 'behind' })
})
