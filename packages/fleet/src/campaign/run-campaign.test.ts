import { withAdminConnection } from '@tenantry/connections/admin'
import { migrationsFolder } from '@tenantry/tenant-db/provision'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextMigrations } from '@tenantry/testing/next-migrations'
import { claimCampaign } from './claim-campaign.ts'
import { runCampaign, type CampaignOptions } from './run-campaign.ts'

const slugs = ['acme', 'bloom', 'cedar', 'dune'] as const
type Slug = (typeof slugs)[number]

/** Acme and bloom live alone, cedar and dune together on another server. */
let world: World<Slug>
beforeAll(async () => {
  const shared = { server: elsewhereServer(), database: 'together' }
  const alone = { server: mainServer() }
  world = await createWorld<Slug>(mainServer(), { acme: alone, bloom: alone, cedar: shared, dune: shared })
})
afterAll(() => world.close())

/** Each test adds migrations to those of the tests before it: databases only go forward. */
const tail: Record<string, string> = {}
async function released(files: Record<string, string>) {
  Object.assign(tail, files)
  return nextMigrations(tail)
}

async function campaign(folder: string, options: Partial<CampaignOptions> = {}) {
  const { only = [], canary = [] } = options
  await using run = await claimCampaign(world.app.runs, { folder, only, canary, operatorName: 'ines' })
  const tenants = await world.app.serviceAccess.tenants()
  const report = await runCampaign({ run, tenants, keyring: world.keyring, folder, ...options })
  await run.finish(report.failed > 0 ? 'partly_failed' : 'done')
  return report
}

function ask(slug: Slug, statement: string): Promise<Record<string, unknown>[]> {
  return withAdminConnection(world.tenants[slug].admin, (run) => run(statement))
}

const versionOf = async (slug: Slug) =>
  (await ask(slug, 'select tag from crm.schema_migrations order by position desc limit 1'))[0]?.['tag']

test('every database is migrated once, a shared one once for all who live in it, and the next campaign finds nothing to do', async () => {
  await using next = await released({ '9000_once': `create table crm.once (n int); insert into crm.once values (1);` })
  const first = await campaign(next.path)
  expect(first).toMatchObject({ target: '9000_once', migrated: 3, upToDate: 0, failed: 0, haltedIn: null, causes: [] })
  expect(first.units.map(({ tenants }) => tenants)).toEqual([['acme'], ['bloom'], ['cedar', 'dune']])
  expect(first.units.map(({ result }) => result?.applied)).toEqual([['9000_once'], ['9000_once'], ['9000_once']])
  for (const slug of slugs) expect(await ask(slug, 'select n from crm.once')).toEqual([{ n: 1 }])
  // One fingerprint for a dedicated and a shared database: names of roles are not part of it.
  expect(first.fingerprints).toMatchObject([{ databases: 3 }])
  expect(await campaign(next.path)).toMatchObject({ migrated: 0, upToDate: 3, failed: 0 })
})

test('one broken database is reported with its statement and keeps nobody else from being migrated; mended, it comes along', async () => {
  await ask('bloom', `create table crm.plans (made text default 'by hand'); insert into crm.plans values ('hunter2')`)
  const statements = ['select 1;', `CREATE TABLE "crm"."plans" ("name" text DEFAULT 'hunter2');`]
  await using next = await released({ '9001_plans': statements.join('\n--> statement-breakpoint\n') })
  const report = await campaign(next.path)
  expect(report).toMatchObject({ migrated: 2, failed: 1, haltedIn: null })
  expect(report.causes).toMatchObject([
    {
      tenants: ['bloom'],
      retry: 'pnpm tenantry fleet migrate --tenant bloom',
      failure: {
        code: 'MIGRATION_FAILED',
        migration: '9001_plans',
        sqlstate: '42P07',
        statement: 'statement 2 of 2: CREATE TABLE "crm"."plans"',
      },
    },
  ])
  const [unit] = await world.app.runs.list({ kind: 'fleet.migrate' })
  if (!unit) throw new Error('the campaign is in the journal')
  expect(unit).toMatchObject({ status: 'partly_failed', units: { done: 2, failed: 1 } })
  expect(JSON.stringify([report, await world.app.runs.unitsOf(unit.id)])).not.toContain('hunter2')
  expect(await versionOf('bloom')).toBe('9000_once')
  await ask('bloom', 'drop table crm.plans')
  expect(await campaign(next.path, { only: ['bloom'] })).toMatchObject({ migrated: 1, failed: 0, units: [{}] })
})

test('a canary that fails halts the campaign before anybody else is touched', async () => {
  await using broken = await nextMigrations({ ...tail, '9002_broken': 'alter table crm.nowhere add column x int' })
  const report = await campaign(broken.path, { canary: ['dune'] })
  expect(report).toMatchObject({ migrated: 0, failed: 1, notTried: 2, haltedIn: 'canary' })
  expect(report.units.map(({ tenants, wave, state }) => [tenants[0], wave, state])).toEqual([
    ['cedar', 'canary', 'failed'],
    ['acme', 'all', 'not tried'],
    ['bloom', 'all', 'not tried'],
  ])
  expect(await versionOf('acme')).toBe('9001_plans')
})

test('a migration that breaks everywhere halts the campaign after few', async () => {
  await using broken = await nextMigrations({ ...tail, '9002_broken': 'alter table crm.nowhere add column x int' })
  const report = await campaign(broken.path, { atOnce: 1 })
  expect(report).toMatchObject({ failed: 2, notTried: 1, haltedIn: 'all' })
  expect(report.causes).toMatchObject([{ databases: [expect.anything(), expect.anything()] }])
})

test('operators at once: one has the campaign, the others are told who; and even without a claim each migration is applied once', async () => {
  await using next = await released({ '9002_rows': 'insert into crm.once values (2)' })
  const claims = await Promise.allSettled(
    ['ines', 'olga', 'uwe'].map((operatorName) =>
      claimCampaign(world.app.runs, { folder: next.path, only: [], canary: [], operatorName }),
    ),
  )
  const held = claims.flatMap((claim) => (claim.status === 'fulfilled' ? [claim.value] : []))
  const refused = claims.flatMap((claim) => (claim.status === 'rejected' ? [claim.reason as unknown] : []))
  expect(held).toHaveLength(1)
  for (const one of refused) expect(one).toMatchObject({ code: 'RUN_IN_PROGRESS' })
  await held[0]?.finish('interrupted')

  const tenants = await world.app.serviceAccess.tenants()
  const reports = await Promise.all(
    ['one', 'two', 'three'].map(async (subject) => {
      const run = await world.app.runs.start({ kind: 'test.campaign', subject, input: {}, startedBy: 'ines' })
      const report = await runCampaign({ run, tenants, keyring: world.keyring, folder: next.path })
      await run.finish('done')
      return report
    }),
  )
  expect(reports.reduce((sum, { migrated }) => sum + migrated, 0)).toBe(3)
  for (const slug of slugs) expect(await ask(slug, 'select n from crm.once order by n')).toEqual([{ n: 1 }, { n: 2 }])
})

test('a tenant whose key, address or database is not its own fails by itself; a shared database is opened with the next key', async () => {
  await using same = await nextMigrations(tail)
  const run = await world.app.runs.start({ kind: 'test.campaign', input: {}, startedBy: 'ines' })
  const [acme, bloom, cedar, dune] = await world.app.serviceAccess.tenants()
  if (!acme || !bloom || !cedar || !dune) throw new Error('four tenants')
  const spoilt = [
    { ...acme, url: acme.url.replace(/:\d+\//, ':1/') },
    { ...bloom, identity: bloom.identity.replace(/^\d+/, '1') },
    { ...cedar, sealedServiceKey: bloom.sealedServiceKey },
    dune,
  ]
  const report = await runCampaign({ run, tenants: spoilt, keyring: world.keyring, folder: same.path })
  await run.finish('done')
  expect(report.units.map(({ state, failure }) => failure?.code ?? state)).toEqual([
    'TENANT_DATABASE_UNREACHABLE',
    'TENANT_DATABASE_MISMATCH',
    'up to date',
  ])
})

test('a suspended tenant that may only read does not get its other rights back by a migration', async () => {
  const [{ role } = { role: '' }] = await withAdminConnection(world.tenants.acme.admin, (run) =>
    run<{ role: string }>(`select role from crm.identity where role not like '%service'`),
  )
  await ask('acme', `revoke insert, update, delete on all tables in schema crm from "${role}"`)
  await using next = await released({ '9003_more': 'create table crm.more (n int)' })
  await campaign(next.path)
  expect(
    await ask(
      'acme',
      `select has_table_privilege('${role}', 'crm.more', 'select') as reads,
        has_table_privilege('${role}', 'crm.more', 'insert') or has_table_privilege('${role}', 'crm.accounts', 'update') as writes`,
    ),
  ).toEqual([{ reads: true, writes: false }])
  await ask('acme', `call crm.grant_serving_rights('${role}')`)
})

test('an edited migration is refused with what differs', async () => {
  await using edited = await nextMigrations({ ...tail, '9000_once': `${tail['9000_once']} -- later` })
  const { causes } = await campaign(edited.path, { atOnce: 1, only: ['acme'] })
  expect(causes).toMatchObject([
    { failure: { code: 'MIGRATION_EDITED', diff: expect.stringContaining('-- later') as string } },
  ])
})

test('the project’s own migrations are the ones a campaign uses when nobody names others', async () => {
  const { causes } = await campaign(migrationsFolder, { folder: undefined })
  expect(causes[0]?.failure).toMatchObject({
    code: 'MIGRATION_OUT_OF_ORDER',
    diff: expect.stringContaining('-9000_once') as string,
  })
})
