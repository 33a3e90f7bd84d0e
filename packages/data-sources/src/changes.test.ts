import { withAdminConnection } from '@tenantry/connections/admin'
import { openLogger } from '@tenantry/telemetry/logger'
import { accountInput } from '@tenantry/testing/factories/account'
import { createWorld, type World } from '@tenantry/testing/world'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openApplicationDesk } from './application-desk.ts'
import { openManager, type ChangeSource } from './manager.ts'
import { askForAnAccount, refused, whose } from './work.fixture.ts'

let world: World<'acme' | 'bloom' | 'cedar'>
beforeAll(async () => {
  world = await createWorld(mainServer(), {
    acme: { server: elsewhereServer() },
    bloom: { server: mainServer(), database: 'shared' },
    cedar: { server: mainServer(), database: 'shared' },
  })
})
afterAll(() => world.close())
afterEach(async () => {
  for (const slug of slugs) await world.app.db.tenants.setStatus('tests', slug, 'active')
})

const slugs = ['acme', 'bloom', 'cedar'] as const
type Slug = (typeof slugs)[number]
const grantIn = async (slug: Slug) => world.grantOf(await world.startSession(world.tenants[slug].people.member))
const setStatus = (slug: Slug, status: 'active' | 'suspended' | 'archived') =>
  world.app.db.tenants.setStatus('tests', slug, status)

/** Data sources as another process of the product has them. */
function openProcess(changes: ChangeSource = world.app.tenantChanges, pollEveryMs = 60_000) {
  const logger = openLogger({ level: 'silent' })
  const desk = openApplicationDesk(world.app.db)
  const dataSources = openManager({ desk, keyring: world.keyring, logger, changes, pollEveryMs })
  onTestFinished(() => dataSources.close())
  return dataSources
}

/** A write that has begun and does not end by itself. */
async function beginWriting(dataSources: ReturnType<typeof openProcess>, slug: Slug) {
  const grant = await grantIn(slug)
  let begun = () => {}
  const beginning = new Promise<void>((resolve) => (begun = resolve))
  const writing = dataSources.withTenantWriter(grant, async (db) => {
    await db.accounts.create(accountInput())
    begun()
    await new Promise(() => undefined)
  })
  writing.catch(() => undefined)
  await beginning
  return { grant, writing }
}

const countAccounts = async (slug: Slug) => {
  const { admin, tenantIdInDataSource } = world.tenants[slug]
  const question = 'select count(*)::int as count from crm.accounts where tenant_id = $1'
  const [row] = await withAdminConnection(admin, (run) => run(question, [tenantIdInDataSource]))
  return row?.['count']
}

/** Nothing that was ended may go on holding locks there. */
const openTransactions = async (slug: Slug) => {
  const { admin } = world.tenants[slug]
  const question = `select count(*)::int as count from pg_stat_activity
    where datname = current_database() and state = 'idle in transaction'`
  const [row] = await withAdminConnection(admin, (run) => run(question))
  return row?.['count']
}

/** A transaction that goes on for 15 seconds is ended in any case. */
const soonerThanThat = { timeout: 10_000 }

describe.each(['acme', 'bloom'] as const)('%s', soonerThanThat, (slug) => {
  test('suspending ends the writes under way in every process, refuses new ones of older grants, and lets them read', async () => {
    const processes = [openProcess(), openProcess()]
    const before = await countAccounts(slug)
    const work = await Promise.all(processes.map((dataSources) => beginWriting(dataSources, slug)))
    await setStatus(slug, 'suspended')
    for (const [at, { grant, writing }] of work.entries()) {
      await refused(writing, 'TENANT_SUSPENDED')
      const dataSources = processes[at]
      if (dataSources === undefined) throw new Error('a process for each work')
      await refused(dataSources.withTenantWriter(grant, whose), 'TENANT_SUSPENDED')
      expect(await dataSources.withTenant(grant, whose)).toBe(world.tenants[slug].tenantIdInDataSource)
    }
    expect(await countAccounts(slug)).toBe(before)
    await expect.poll(() => openTransactions(slug)).toBe(0)
  })

  test('archiving ends reads as well, and refuses new ones of older grants', async () => {
    const dataSources = openProcess()
    const grant = await grantIn(slug)
    let reading = () => {}
    const began = new Promise<void>((resolve) => (reading = resolve))
    const work = dataSources.withTenant(grant, async (db) => {
      await whose(db)
      reading()
      for (;;) await whose(db)
    })
    work.catch(() => undefined)
    await began
    await setStatus(slug, 'archived')
    await refused(work, 'TENANT_ARCHIVED')
    await refused(dataSources.withTenant(grant, whose), 'TENANT_ARCHIVED')
    await refused(dataSources.withTenantWriter(grant, whose), 'TENANT_ARCHIVED')
  })

  test('resuming restores all, at once and however many writes were ended', async () => {
    const dataSources = openProcess()
    const work = await Promise.all(Array.from({ length: 4 }, () => beginWriting(dataSources, slug)))
    await setStatus(slug, 'suspended')
    for (const { writing } of work) await refused(writing, 'TENANT_SUSPENDED')
    await setStatus(slug, 'active')
    expect(await dataSources.withTenantWriter(await grantIn(slug), whose)).toBe(
      world.tenants[slug].tenantIdInDataSource,
    )
    expect(dataSources.statistics().breakers).toMatchObject({ open: 0, transitions: { open: 0 } })
  })
})

test('the neighbours in a shared database do not notice that one of them is suspended', async () => {
  const dataSources = openProcess()
  const [mine, other] = [await beginWriting(dataSources, 'bloom'), await grantIn('cedar')]
  await setStatus('bloom', 'suspended')
  await refused(mine.writing, 'TENANT_SUSPENDED')
  expect(await dataSources.withTenantWriter(other, whose)).toBe(world.tenants.cedar.tenantIdInDataSource)
  expect(dataSources.statistics().classes.shared.errors).toEqual({})
})

test('a lost notification is made up for by looking from time to time', async () => {
  const deaf: ChangeSource = {
    since: (mark) => world.app.tenantChanges.since(mark),
    listen: () => ({ close: () => Promise.resolve() }),
  }
  const dataSources = openProcess(deaf, 50)
  const { writing } = await beginWriting(dataSources, 'acme')
  await setStatus('acme', 'suspended')
  await refused(writing, 'TENANT_SUSPENDED')
})

test('a notification that somebody made up changes nothing', async () => {
  const dataSources = openProcess()
  const grant = await grantIn('acme')
  await dataSources.withTenantWriter(grant, whose)
  const { id } = world.tenants.acme
  await withAdminConnection(world.appTarget, async (run) => {
    for (const payload of ['', id, `{"tenantId":"${id}","version":999,"status":"archived"}`])
      await run('select pg_notify($1, $2)', ['tenantry_tenants', payload])
  })
  await refused(dataSources.withTenant(grant, askForAnAccount), 'NOT_FOUND')
  await dataSources.withTenantWriter(grant, whose)
  expect(dataSources.statistics()).toMatchObject({ configCache: { misses: 1 }, pools: { evictions: 0 } })
})

test('a process whose application database cannot be asked serves nobody, and begins when it can', async () => {
  let away = true
  const { tenantChanges } = world.app
  const dataSources = openProcess({
    since: (mark) => (away ? Promise.reject(new TypeError('away')) : tenantChanges.since(mark)),
    listen: (onHint) => tenantChanges.listen(onHint),
  })
  const grant = await grantIn('acme')
  await expect(dataSources.withTenant(grant, whose)).rejects.toThrow('away')
  away = false
  expect(await dataSources.withTenant(grant, whose)).toBe(world.tenants.acme.tenantIdInDataSource)
})
