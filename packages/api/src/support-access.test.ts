import { unknownConnection } from '@tenantry/contracts/connection-diagnosis'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { openRuntime } from './runtime.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

let served: ServedWorld<'alder' | 'birch' | 'cypress'>
let operator: Browser
const reason = 'Ticket 7: totals differ'

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
  const person = { email: 'opal@host.example', name: 'Opal' }
  const id = await served.world.app.db.users.create({ ...person, passwordHash: null })
  await served.world.app.operators.add('tests', person.email)
  operator = await served.browserOf({ ...person, id })
  for (const slug of ['alder', 'birch', 'cypress'] as const)
    await (await served.as(slug)).call('accounts.create', { name: `Customer of ${slug}` })
})
afterAll(() => served.close())

const names = async (browser: Browser) => (await browser.call('accounts.list', {})).rows.map(({ name }) => name)
const asAdmin = (text: string, values: unknown[] = []) => lookInto(served.world.appAdmin, text, values)

test('no role of a company opens the console, and being an operator opens no company', async () => {
  for (const role of ['owner', 'admin', 'member', 'read_only'] as const) {
    const member = await served.as('alder', role)
    expect((await member.ask('operator.tenants', {})).outcome).toBe('FORBIDDEN')
    expect((await member.ask('operator.openSupport', { slug: 'birch', reason, minutes: 5 })).outcome).toBe('FORBIDDEN')
  }
  expect((await operator.ask('accounts.list', {})).outcome).toBe('NO_TENANT')
  expect((await operator.ask('tenant.dataSource', undefined)).outcome).toBe('NO_TENANT')
})

test.each(['alder', 'cypress'] as const)(
  'an operator reads in %s and in no other company, changes nothing, and is seen',
  async (slug) => {
    const before = await rowsOf(slug)
    await operator.call('operator.openSupport', { slug, reason, minutes: 5 })
    expect(await names(operator)).toEqual([`Customer of ${slug}`])
    expect((await operator.call('session.view', undefined)).support).toMatchObject({ reason })
    const [account] = (await operator.call('accounts.list', {})).rows
    if (account === undefined) throw new Error('there is an account')
    const { id, version } = account
    for (const answer of [
      await operator.ask('accounts.create', { name: 'Planted' }),
      await operator.ask('accounts.patch', { id, version, patch: { name: 'Changed' } }),
      await operator.ask('accounts.remove', { id, version }),
      await operator.ask('members.add', { email: 'x@x.example', name: 'X', role: 'admin' }),
      await operator.ask('tenant.updateSettings', { version: 1, patch: { name: 'Changed' } }),
      await operator.ask('audit.list', {}),
      await operator.ask('tenant.testDataSource', undefined),
    ])
      expect(answer.outcome).toBe('FORBIDDEN')
    expect(await rowsOf(slug)).toEqual(before)

    const member = await served.as(slug, 'read_only')
    expect(await member.call('support.live', undefined)).toMatchObject([{ operatorName: 'Opal', reason }])
    const owner = await served.as(slug)
    const [access] = await owner.call('support.list', undefined)
    if (access === undefined) throw new Error('the company sees the access')
    await owner.call('support.end', { id: access.id })
    expect((await operator.ask('accounts.list', {})).outcome).toBe('SUPPORT_ACCESS_ENDED')
    expect((await operator.call('session.view', undefined)).support).toBe('ended')
    expect(await owner.call('support.live', undefined)).toEqual([])
    await operator.call('operator.leaveSupport', undefined)
    expect((await operator.ask('accounts.list', {})).outcome).toBe('NO_TENANT')
  },
)

test('the connection that support access reads through is that of the role that can only read', async () => {
  await operator.call('operator.openSupport', { slug: 'birch', reason, minutes: 5 })
  await names(operator)
  const [tenant] = await asAdmin(
    `select connection_pool_config ->> 'supportRole' as role from app.tenants where slug = 'birch'`,
  )
  const connected = await lookInto(
    served.world.tenants.birch.admin,
    'select from pg_stat_activity where usename = $1',
    [tenant?.['role']],
  )
  expect(connected.length).toBeGreaterThan(0)
  await operator.call('operator.leaveSupport', undefined)
})

test('the request after the expiry is refused, in the session that was there and in a new one', async () => {
  const { id } = await operator.call('operator.openSupport', { slug: 'alder', reason, minutes: 5 })
  expect(await names(operator)).toEqual(['Customer of alder'])
  await asAdmin(
    `update app.support_access set opened_at = now() - interval '6 minutes', expires_at = now() - interval '1 minute' where id = $1`,
    [id],
  )
  expect((await operator.ask('accounts.list', {})).outcome).toBe('SUPPORT_ACCESS_ENDED')
  expect((await operator.ask('operator.enterSupport', { id })).outcome).toBe('NOT_FOUND')
})

test('support access to one company is no way into another one', async () => {
  await operator.call('operator.openSupport', { slug: 'alder', reason, minutes: 5 })
  const birch = await served.as('birch')
  const [theirs] = (await birch.call('accounts.list', {})).rows
  expect((await operator.ask('accounts.byId', { id: theirs?.id ?? '' })).outcome).toBe('NOT_FOUND')
  const { id: tenantId } = served.world.tenants.birch
  expect((await operator.ask('session.switchTenant', { tenantId })).outcome).toBe('FORBIDDEN')
  const asserted = await operator.ask('accounts.list', {}, { 'x-tenantry-tenant': tenantId })
  expect(asserted.outcome).toBe('TENANT_CHANGED')
  expect(await names(operator)).toEqual(['Customer of alder'])
  await operator.call('operator.leaveSupport', undefined)
})

test('what must be typed by hand is not taken from a slip, and who suspended a company stands in its log', async () => {
  const change = { slug: 'cypress', status: 'suspended', confirmation: 'cypres' } as const
  expect((await operator.ask('operator.setStatus', change)).outcome).toBe('RULE_VIOLATED')
  await operator.call('operator.setStatus', { ...change, confirmation: 'cypress' })
  const owner = await served.as('cypress')
  expect((await owner.ask('accounts.create', { name: 'too late' })).outcome).toBe('TENANT_SUSPENDED')
  // A company that is suspended may still show an operator out.
  const { id } = await operator.call('operator.openSupport', { slug: 'cypress', reason, minutes: 5 })
  expect(await names(operator)).toEqual(['Customer of cypress'])
  await owner.call('support.end', { id })
  expect((await operator.ask('accounts.list', {})).outcome).toBe('SUPPORT_ACCESS_ENDED')
  // Not the status alone: the database itself would refuse a write.
  expect(await mayWrite('cypress')).toBe(false)
  await operator.call('operator.setStatus', { slug: 'cypress', status: 'active', confirmation: 'cypress' })
  expect(await mayWrite('cypress')).toBe(true)
  expect(await operator.call('operator.runs', { slug: 'cypress' })).toMatchObject([
    { kind: 'tenant.resume', status: 'done', startedBy: 'Opal' },
    { kind: 'tenant.suspend', status: 'done', startedBy: 'Opal' },
  ])
  await owner.call('accounts.create', { name: 'as before' })
  const { rows } = await operator.call('operator.audit', { slug: 'cypress', action: 'tenant.status_changed' })
  expect(rows.map(({ actorName, actorKind }) => [actorName, actorKind])).toEqual([
    ['Opal', 'operator'],
    ['Opal', 'operator'],
  ])
})

test('a check is kept and shown in the fleet, with the size of the database; a shared one is not told to its tenants', async () => {
  const { finding, test: made } = await operator.call('operator.check', { slug: 'alder' })
  expect(made.success).toBe(true)
  expect(finding.databaseBytes).toBeGreaterThan(1_000_000)
  const { rows } = await operator.call('operator.tenants', { search: 'alder' })
  expect(rows).toMatchObject([
    { slug: 'alder', placement: 'shared', health: { state: 'healthy', schemaVersion: finding.schemaVersion } },
  ])
  expect((await (await served.as('alder')).call('tenant.dataSource', undefined)).databaseBytes).toBeNull()
  await operator.call('operator.invalidate', { slug: 'alder' })
  await expect.poll(async () => (await operator.call('operator.tenant', { slug: 'alder' })).pool).toBeNull()
})

test('an operator is told how the connection of a company is, in the shape its own people get, audited and throttled', async () => {
  const { id } = served.world.tenants.alder
  const diagnosis = await operator.call('operator.diagnose', { slug: 'alder' })
  expect(diagnosis).toMatchObject({ success: true, canQuery: true, tenant: { id, slug: 'alder' }, identity: 'proven' })
  expect(Object.keys(diagnosis)).toEqual(Object.keys(unknownConnection([])))
  const { rows } = await operator.call('operator.audit', { slug: 'alder', action: 'grant.minted' })
  expect(rows[0]).toMatchObject({ actorName: 'Opal', detail: { reason: 'connection diagnosis', access: 'read' } })
  for (const role of ['owner', 'member'] as const) {
    const outsider = await served.as('alder', role)
    expect((await outsider.ask('operator.diagnose', { slug: 'alder' })).outcome).toBe('FORBIDDEN')
  }
  expect((await served.stranger().ask('operator.diagnose', { slug: 'alder' })).outcome).toBe('NOT_SIGNED_IN')
  expect((await operator.ask('operator.diagnose', { slug: 'nowhere' })).outcome).toBe('NOT_FOUND')
  await lookInto(
    served.world.appAdmin,
    `insert into app.sign_in_throttle (key, failures, window_ends_at) values ($1, 12, now() + interval '1 minute')
     on conflict (key) do update set failures = 12`,
    [`diagnosis:tenant:${id}`],
  )
  expect((await operator.ask('operator.diagnose', { slug: 'alder' })).outcome).toBe('ok')
  await lookInto(
    served.world.appAdmin,
    `update app.sign_in_throttle set failures = 12, window_ends_at = now() + interval '1 minute' where key = $1`,
    [`diagnosis:operator:${id}`],
  )
  expect((await operator.ask('operator.diagnose', { slug: 'alder' })).outcome).toBe('TOO_MANY_REQUESTS')
})

test('what is forgotten is forgotten by every process within a second, and the log says who asked for it', async () => {
  await using other = openRuntime(served.config)
  const { cookie } = await served.as('alder')
  await other.callerFor({ cookieHeader: cookie }).accounts.list({})
  const poolsOf = async () => /^tenantry_pools (\d+)$/m.exec(await other.metricsText())?.[1]
  await expect.poll(poolsOf).toBe('1')
  await operator.call('operator.invalidate', { slug: 'alder' })
  await expect.poll(poolsOf, { timeout: 1_000, interval: 20 }).toBe('0')
  const { rows } = await operator.call('operator.audit', { slug: 'alder', action: 'data_source.invalidated' })
  expect(rows[0]).toMatchObject({ actorName: 'Opal', actorKind: 'operator' })
})

async function mayWrite(slug: 'alder' | 'cypress') {
  const { admin, tenantIdInDataSource } = served.world.tenants[slug]
  const question = `select bool_or(has_table_privilege(role, 'crm.accounts', 'insert')) as may from crm.identity
    where tenant_id = $1 and role not like '%service'`
  const [found] = await lookInto(admin, question, [tenantIdInDataSource])
  return found?.['may']
}

async function rowsOf(slug: 'alder' | 'cypress') {
  const { admin, tenantIdInDataSource } = served.world.tenants[slug]
  return await lookInto(admin, 'select to_jsonb(a) as row from crm.accounts a where tenant_id = $1 order by id', [
    tenantIdInDataSource,
  ])
}
