import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

const slugs = ['alder', 'birch', 'cypress', 'dogwood'] as const
type Slug = (typeof slugs)[number]
let served: ServedWorld<Slug>

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
    dogwood: { server: mainServer() },
  })
  for (const slug of slugs) await (await served.as(slug)).call('pipelines.create', pipelineInput())
})
afterAll(() => served.close())

test('the same request writes into the database of whoever sends it, and into no other', async () => {
  for (const slug of slugs) {
    const { people, admin, tenantIdInDataSource } = served.world.tenants[slug]
    const before = await rowsByTenant()
    await writeOneOfEach(await served.browserOf(people.member), 'the same words for everybody')
    const after = await rowsByTenant()
    for (const other of slugs) {
      const added = other === slug ? 1 : 0
      expect([slug, other, after[other]]).toEqual([slug, other, before[other].map((count) => count + added)])
    }
    const owners = await lookInto(admin, 'select tenant_id as id from crm.accounts where created_by = $1', [
      people.member.id,
    ])
    expect(owners).toEqual([{ id: tenantIdInDataSource }])
  }
  const misplaced = await lookInto(served.world.appAdmin, `select tablename from pg_tables where schemaname = 'crm'`)
  expect(misplaced).toEqual([])
})

test('the same request reads from the database of whoever sends it', async () => {
  for (const slug of slugs) await writeOneOfEach(await served.as(slug), `canary of ${slug}`)
  for (const slug of slugs) {
    const browser = await served.as(slug, 'read_only')
    const found = [
      (await browser.call('accounts.list', { search: 'canary' })).rows.map((row) => row.name),
      (await browser.call('contacts.list', { search: 'canary' })).rows.map((row) => row.lastName),
      (await browser.call('opportunities.list', { search: 'canary' })).rows.map((row) => row.name),
    ]
    expect(found).toEqual([[`canary of ${slug}`], [`canary of ${slug}`], [`canary of ${slug}`]])
    expect(await browser.call('accounts.count', { search: 'canary' })).toMatchObject({ count: 1 })
  }
})

test('a person in two companies writes where their session is, and the switch takes effect with the next request', async () => {
  const { world } = served
  const { email, name } = world.tenants.alder.people.member
  const cypress = await served.as('cypress')
  const { userId } = await cypress.call('members.add', { email, name, role: 'read_only' })
  const browser = await served.browserOf(world.tenants.alder.people.member)

  await browser.call('accounts.create', { name: 'before the switch' })
  await browser.call('session.switchTenant', { tenantId: world.tenants.cypress.id })
  expect((await browser.call('session.view', undefined)).tenant).toMatchObject({ slug: 'cypress', role: 'read_only' })
  expect((await browser.ask('accounts.create', { name: 'as a reader' })).outcome).toBe('FORBIDDEN')
  await cypress.call('members.setRole', { userId, role: 'member' })
  await browser.call('accounts.create', { name: 'after the switch' })

  const namesIn = async (slug: Slug) => {
    const rows = await rowsIn(
      slug,
      `select name from crm.accounts where tenant_id = $1 and name ~ 'the switch|a reader' order by name`,
    )
    return rows.map((row) => row['name'])
  }
  expect([await namesIn('alder'), await namesIn('cypress')]).toEqual([['before the switch'], ['after the switch']])
})

test('a tenant named in a header, an input or an address selects nothing', async () => {
  const browser = await served.as('birch')
  const { id } = served.world.tenants.alder
  const asserted = await browser.ask('accounts.create', { name: 'smuggled' }, { 'x-tenantry-tenant': id })
  expect(asserted.outcome).toBe('TENANT_CHANGED')
  const inInput = { name: 'smuggled', tenantId: id }
  expect((await browser.ask('accounts.create', inInput)).outcome).toBe('BAD_INPUT')
  await browser.send(`accounts.create?tenantId=${id}&tenant=alder`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'smuggled' }),
  })
  const smuggled = `select from crm.accounts where tenant_id = $1 and name = 'smuggled'`
  const places = await Promise.all(slugs.map((slug) => rowsIn(slug, smuggled)))
  expect(places.map((rows) => rows.length)).toEqual([0, 1, 0, 0])
})

test('requests of all companies at once stay apart, those that a busy machine turns away included', async () => {
  const written: Partial<Record<Slug, number>> = {}
  await Promise.all(
    slugs.map(async (slug) => {
      const browser = await served.as(slug)
      const crowd = Array.from({ length: 20 }, () => browser.ask('accounts.create', { name: `crowd of ${slug}` }))
      const answers = await Promise.all(crowd)
      const turnedAway = answers.filter(({ outcome }) => outcome !== 'ok').map(({ status }) => status)
      expect(turnedAway).toEqual(turnedAway.map(() => 503))
      written[slug] = answers.length - turnedAway.length
      expect(written[slug]).toBeGreaterThan(0)
    }),
  )
  for (const slug of slugs) {
    const rows = await rowsIn(
      slug,
      `select name, count(*)::int as n from crm.accounts where tenant_id = $1 and name like 'crowd of %' group by name`,
    )
    expect(rows).toEqual([{ name: `crowd of ${slug}`, n: written[slug] }])
  }
})

/** One row in each table that a member can write to. */
async function writeOneOfEach(browser: Browser, words: string): Promise<void> {
  const { id: accountId } = await browser.call('accounts.create', { name: words })
  await browser.call('contacts.create', { lastName: words, accounts: [{ accountId }] })
  await browser.call('opportunities.create', { name: words, currency: 'EUR', accountId })
}

/** Accounts, contacts, opportunities and lines of history of each tenant, as the superuser of its database counts them. */
async function rowsByTenant(): Promise<Record<Slug, number[]>> {
  const counts = slugs.map(async (slug) => {
    const rows = await rowsIn(
      slug,
      `select (select count(*) from crm.accounts where tenant_id = t.id)::int as accounts,
              (select count(*) from crm.contacts where tenant_id = t.id)::int as contacts,
              (select count(*) from crm.opportunities where tenant_id = t.id)::int as opportunities,
              (select count(*) from crm.opportunity_stage_history where tenant_id = t.id)::int as stage_history
       from (select $1::uuid as id) t`,
    )
    return [slug, Object.values(rows[0] ?? {})]
  })
  return Object.fromEntries(await Promise.all(counts)) as Record<Slug, number[]>
}

/** What the superuser of a tenant's database is told; `$1` is the tenant's id there, which in a shared one tells its rows. */
function rowsIn(slug: Slug, statement: string): Promise<Record<string, unknown>[]> {
  const { admin, tenantIdInDataSource } = served.world.tenants[slug]
  return lookInto(admin, statement, [tenantIdInDataSource])
}
