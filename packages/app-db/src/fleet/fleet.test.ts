import { withAdminConnection } from '@tenantry/connections/admin'
import type { HealthFinding } from '@tenantry/contracts/data-source-health'
import { FleetHealth, FleetQuery as Query, type FleetQuery } from '@tenantry/contracts/fleet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageOperator } from '../operator.fixture.ts'

let stage: Awaited<ReturnType<typeof stageOperator>>
let fleet: Awaited<ReturnType<typeof stage.operatorDb>>['fleet']
let health: Awaited<ReturnType<typeof stage.operatorDb>>['health']
beforeAll(async () => {
  stage = await stageOperator()
  const settings = { trade: 'dj', timeZone: 'UTC', locale: 'en', currency: 'EUR', ownerId: stage.ownerId }
  for (const slug of ['cedar', 'dune', 'ember'])
    await stage.db.tenants.create('op', { ...settings, slug, name: slug.toUpperCase() })
  ;({ fleet, health } = await stage.operatorDb())
  await health.record('acme', finding({ databaseBytes: 9_000_000_000, schemaVersion: '0005_x' }))
  await health.record('bloom', finding({ state: 'unreachable', code: 'TENANT_DATABASE_UNREACHABLE', message: 'Away.' }))
})
afterAll(() => stage.close())

function finding(more: Partial<HealthFinding> = {}): HealthFinding {
  const found = { code: null, message: null, schemaVersion: null, serverVersion: null, databaseBytes: null }
  return { checkedAt: new Date().toISOString(), state: 'healthy', milliseconds: 12, replicas: [], ...found, ...more }
}

const ask = (query: Partial<FleetQuery> = {}) => fleet.list(Query.parse(query))
const slugs = async (query: Partial<FleetQuery> = {}) => (await ask(query)).rows.map(({ slug }) => slug)

test('a tenant stands there with its place and how it was found last, and without its credentials', async () => {
  const [acme] = (await ask()).rows
  expect(acme).toMatchObject({
    slug: 'acme',
    placement: 'dedicated',
    region: 'eu',
    status: 'active',
    health: { state: 'healthy', databaseBytes: 9_000_000_000, schemaVersion: '0005_x' },
  })
  expect(JSON.stringify(await fleet.bySlug('acme'))).not.toContain('sealed')
})

test('a company that moves in is seen to do so while no command is at work', async () => {
  expect((await fleet.bySlug('dune')).transfer).toBeNull()
  await withAdminConnection(stage.admin, (run) =>
    run(
      `insert into app.transfers (tenant_id, legacy_tenant_id) select id, gen_random_uuid() from app.tenants where slug = 'dune'`,
    ),
  )
  expect(await fleet.bySlug('dune')).toMatchObject({ running: null, transfer: { state: 'copying' } })
})

test.each([
  ['a text', { search: 'ACM' }, ['acme']],
  ['a region', { region: 'us' }, ['bloom']],
  ['a placement', { placement: 'dedicated' as const }, ['acme', 'bloom']],
  ['what is away', { health: 'unreachable' as const }, ['bloom']],
  ['what was never checked', { health: 'unchecked' as const }, ['cedar', 'dune', 'ember']],
  ['a sign of LIKE, which is text here', { search: '%' }, []],
])('the fleet is narrowed to %s', async (_, query, expected) => {
  expect(await slugs(query)).toEqual(expected)
})

test.each(['slug', 'name', 'region', 'schemaVersion', 'databaseBytes', 'checkedAt'] as const)(
  'pages sorted by %s follow one another without a gap, in both orders, past what has no value',
  async (sort) => {
    for (const order of ['asc', 'desc'] as const) {
      const whole = await slugs({ sort, order })
      expect(whole).toHaveLength(5)
      const paged: string[] = []
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await ask({ sort, order, limit: 2, cursor })
        paged.push(...page.rows.map(({ slug }) => slug))
        cursor = page.nextCursor
      }
      expect(paged).toEqual(whole)
    }
  },
)

test('a cursor of another order, or one that was made up, is refused', async () => {
  const { nextCursor } = await ask({ limit: 1 })
  for (const cursor of [nextCursor, 'made up', Buffer.from('["name asc","\\u0000","x"]').toString('base64url')])
    await expect(ask({ sort: 'name', cursor })).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

test('an older look never replaces a newer one', async () => {
  await health.record('cedar', finding({ checkedAt: '2026-05-02T00:00:00Z', schemaVersion: 'newer' }))
  await health.record('cedar', finding({ checkedAt: '2026-05-01T00:00:00Z', schemaVersion: 'older' }))
  expect((await fleet.bySlug('cedar')).health?.schemaVersion).toBe('newer')
})

test('what a comparison found stands beside its tenants, an older one replaces nothing, and who is gone is left out', async () => {
  const { schemaComparisons } = stage
  const found = { schemaVersion: '0005_x', driftGroup: 'a1b2c3d4', differences: ['lacks the index accounts_by_name'] }
  const fine = { schemaVersion: '0005_x', driftGroup: null, differences: [] }
  await schemaComparisons.record([
    { ...found, comparedAt: '2026-05-02T00:00:00Z', tenants: ['dune', 'ember', 'nobody'] },
    { ...fine, comparedAt: '2026-05-02T00:00:00Z', tenants: ['acme'] },
  ])
  await schemaComparisons.record([{ ...fine, comparedAt: '2026-05-01T00:00:00Z', tenants: ['ember'] }])
  expect((await fleet.bySlug('ember')).comparison).toEqual({ ...found, comparedAt: '2026-05-02T00:00:00Z' })
  expect((await ask()).rows.map(({ slug, comparison }) => [slug, comparison?.driftGroup])).toEqual([
    ['acme', null],
    ['bloom', undefined],
    ['cedar', undefined],
    ['dune', 'a1b2c3d4'],
    ['ember', 'a1b2c3d4'],
  ])
  expect([...(await schemaComparisons.all()).keys()]).toEqual(['acme', 'dune', 'ember'])
  for (const [drift, expected] of [
    ['drifted', ['dune', 'ember']],
    ['a1b2c3d4', ['dune', 'ember']],
    ['00000000', []],
    ['none', ['acme']],
    ['uncompared', ['bloom', 'cedar']],
  ] as const)
    expect(await slugs({ drift })).toEqual(expected)
  expect((await fleet.summary()).driftGroups).toEqual([{ group: 'a1b2c3d4', tenants: 2 }])
})

test('the summary counts what the list shows', async () => {
  const summary = await fleet.summary()
  expect(summary).toMatchObject({ tenants: 5, byStatus: { active: 5 }, regions: ['eu', 'us'] })
  for (const state of FleetHealth.options) expect(await slugs({ health: state })).toHaveLength(summary.byHealth[state])
})

test('a tenant is suspended and resumed by typing its name, and its audit log says who did it', async () => {
  const change = { slug: 'acme', status: 'suspended', confirmation: 'acme' } as const
  await expect(fleet.setStatus({ ...change, confirmation: 'acm' })).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  await fleet.setStatus(change)
  expect((await stage.sign())?.tenant?.status).toBe('suspended')
  await fleet.setStatus({ ...change, status: 'active' })
  const { tenantAudit } = await stage.operatorDb()
  const { rows } = await tenantAudit.list({ slug: 'acme', limit: 2 })
  expect(rows).toMatchObject([
    {
      action: 'tenant.status_changed',
      actorKind: 'operator',
      actorName: 'Opal',
      detail: { from: 'suspended', to: 'active' },
    },
    { action: 'tenant.status_changed', detail: { from: 'active', to: 'suspended' } },
  ])
  await stage.db.tenants.setStatus('op', 'ember', 'archived')
  await expect(fleet.setStatus({ slug: 'ember', status: 'active', confirmation: 'ember' })).rejects.toMatchObject({
    code: 'TENANT_ARCHIVED',
  })
})

test('a tenant that is not there is not found', async () => {
  await expect(fleet.bySlug('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
