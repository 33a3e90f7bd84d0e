import { withAdminConnection } from '@tenantry/connections/admin'
import type { TenantStatus } from '@tenantry/contracts/session'
import { openDataSources } from '@tenantry/data-sources'
import { openLogger } from '@tenantry/telemetry/logger'
import { accountInput } from '@tenantry/testing/factories/account'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byAdministrator } from './serving-power.ts'
import { setTenantState } from './set-tenant-state.ts'
import { operatorGrant, stageFleet, type FleetStage } from './stage.fixture.ts'
import { findTenant } from './tenant-place.ts'
import { openTenantStates } from './tenant-states.ts'

let stage: FleetStage
beforeAll(async () => {
  stage = await stageFleet()
})
afterAll(() => stage.close())

async function set(slug: string, state: TenantStatus) {
  const { app, adminAt } = stage
  const setStatus = () => app.db.tenants.setStatus('ines', slug, state)
  await using run = await app.runs.start({ kind: `tenant.${state}`, subject: slug, input: {}, startedBy: 'ines' })
  const result = await setTenantState({ app, power: byAdministrator(adminAt), slug, state, setStatus, run })
  await run.finish('done')
  return result
}

/** As the console does it. */
function setFromConsole(slug: string, state: 'active' | 'suspended') {
  const { app } = stage
  const setStatus = () => app.db.tenants.setStatus('opal', slug, state)
  return openTenantStates(stage).change({ slug, state, startedBy: 'opal', setStatus })
}

const addAccount = async (slug: string) => {
  const grant = await operatorGrant(stage, slug)
  return stage.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
}
const placeOf = async (slug: string) => {
  const { place } = await findTenant(stage.app, slug)
  if (place === null) throw new Error('the company has a database')
  return place
}
const mayWrite = async (database: string, role: string) =>
  (await stage.ask(database, `select has_table_privilege($1, 'crm.accounts', 'insert') as may`, [role]))[0]?.['may']
const countPipelines = async (slug: string) => {
  const grant = await operatorGrant(stage, slug)
  return stage.dataSources.withTenant(grant, async (db) => (await db.pipelines.list()).length)
}

test.each([
  ['dedicated', 'the command line', set],
  ['shared', 'the command line', set],
  ['dedicated', 'the console', setFromConsole],
  ['shared', 'the console', setFromConsole],
] as const)(
  'work under way ends when its company is suspended, what is on its way is refused, and reading goes on: %s, from %s',
  async (placement, _, change) => {
    const input = stage.input({ placement })
    await stage.create(input)
    const { slug } = input
    // From before the suspension, and good for a minute.
    const grant = await operatorGrant(stage, slug)
    let isUnderWay: () => void = () => undefined
    const begun = new Promise<void>((resolve) => (isUnderWay = resolve))
    const work = stage.dataSources.withTenantWriter(grant, async (db) => {
      await db.accounts.create(accountInput({ name: 'half' }))
      isUnderWay()
      await sleep(20_000)
    })
    const outcome = work.catch((error: unknown) => error)
    await begun
    expect((await change(slug, 'suspended')).ended).toBeGreaterThan(0)
    expect(await outcome).toMatchObject({ code: 'TENANT_DATABASE_UNREACHABLE' })
    await expect(
      stage.dataSources.withTenantWriter(grant, (db) => db.accounts.create(accountInput())),
    ).rejects.toMatchObject({ name: 'TenantryError' })
    await expect(addAccount(slug)).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' })
    expect(await countPipelines(slug)).toBe(1)
    expect(await stage.ask(input.database, 'select from crm.accounts')).toEqual([])

    // A grant that says otherwise does not help: the database itself refuses.
    const { appRole } = await placeOf(slug)
    expect(await mayWrite(input.database, appRole)).toBe(false)

    await change(slug, 'active')
    expect(await mayWrite(input.database, appRole)).toBe(true)
    await addAccount(slug)
    expect(await countPipelines(slug)).toBe(1)
  },
)

test('a process that has not heard of the suspension yet says what it is, of work that ends and of work on its way', async () => {
  const input = stage.input()
  await stage.create(input)
  await using unaware = openUnaware()
  const grant = await operatorGrant(stage, input.slug)
  const write = () => unaware.withTenantWriter(grant, (db) => db.accounts.create(accountInput()))
  await write()
  let isUnderWay: () => void = () => undefined
  const begun = new Promise<void>((resolve) => (isUnderWay = resolve))
  const outcome = unaware
    .withTenantWriter(grant, async (db) => {
      await db.accounts.create(accountInput())
      isUnderWay()
      await sleep(20_000)
    })
    .catch((error: unknown) => error)
  await begun
  await set(input.slug, 'suspended')
  expect(await outcome).toMatchObject({ code: 'TENANT_SUSPENDED' })
  await set(input.slug, 'active')
  // It heard of the first change by looking; of this one it has not.
  await using another = openUnaware()
  const fresh = await operatorGrant(stage, input.slug)
  await another.withTenantWriter(fresh, (db) => db.accounts.create(accountInput()))
  await set(input.slug, 'suspended')
  // A connection that ends under a write that was sent with its commit leaves open whether that was saved.
  await expect.poll(() => another.statistics().tenants.map(({ pool }) => pool.open)).toEqual([0])
  const late = another.withTenantStatement(fresh, (db) => db.accounts.create(accountInput()))
  await expect(late).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' })
  expect(await another.withTenant(fresh, async (db) => (await db.pipelines.list()).length)).toBe(1)
  expect(another.statistics().breakers.transitions.open).toBe(0)
  await set(input.slug, 'active')
})

/** As another process with its own view of tenants, to which no notification comes and which looks once a minute. */
function openUnaware() {
  const { app, keyring } = stage
  const changes = {
    since: (mark: string | undefined) => app.tenantChanges.since(mark),
    listen: () => ({ close: () => Promise.resolve() }),
  }
  return openDataSources({
    appDb: app.db,
    keyring,
    logger: openLogger({ level: 'silent' }),
    changes,
    pollEveryMs: 60_000,
  })
}

test('of an archived company nothing is reached, not even with a grant from before, and resuming restores all', async () => {
  const input = stage.input()
  await stage.create(input)
  const before = await operatorGrant(stage, input.slug)
  await set(input.slug, 'archived')
  await expect(operatorGrant(stage, input.slug)).rejects.toMatchObject({ code: 'TENANT_ARCHIVED' })
  await expect(stage.dataSources.withTenant(before, (db) => db.pipelines.list())).rejects.toMatchObject({
    code: expect.stringMatching(/^TENANT_DATABASE_/) as string,
  })
  await set(input.slug, 'active')
  expect(await countPipelines(input.slug)).toBe(1)
  await addAccount(input.slug)
})

test('suspending one company of a shared database leaves the other alone', async () => {
  const first = stage.input({ placement: 'shared' })
  const second = stage.input({ placement: 'shared', database: first.database })
  await stage.create(first)
  await stage.create(second)
  await addAccount(second.slug)
  await set(first.slug, 'archived')
  await addAccount(second.slug)
  expect(await countPipelines(second.slug)).toBe(1)
})

test('a company whose database is away is suspended in every process, and it is said what is missing', async () => {
  const input = stage.input()
  await stage.create(input)
  const { slug } = input
  await withAdminConnection(stage.server, (run) => run(`alter database "${input.database}" allow_connections false`))
  await expect(setFromConsole(slug, 'suspended')).rejects.toThrow(`Run tenantry tenant suspend ${slug}`)
  expect((await findTenant(stage.app, slug)).status).toBe('suspended')
  expect(await stage.app.runs.list({ subject: slug, kind: 'tenant.suspend' })).toMatchObject([{ status: 'failed' }])
  await withAdminConnection(stage.server, (run) => run(`alter database "${input.database}" allow_connections true`))
  await setFromConsole(slug, 'active')
  await addAccount(slug)
})
