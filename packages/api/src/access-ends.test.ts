import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

let served: ServedWorld<'alder' | 'birch' | 'cypress'>

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

test('a removed or suspended member is out with their next request, and back with the one after they are let in', async () => {
  for (const slug of ['alder', 'cypress'] as const) {
    const owner = await served.as(slug)
    const { id: userId } = served.world.tenants[slug].people.admin
    const admin = await served.as(slug, 'admin')
    for (const status of ['removed', 'suspended'] as const) {
      expect(await outcomes(admin)).toEqual(['ok', 'ok', 'ok'])
      await owner.call('members.setStatus', { userId, status })
      expect([status, ...(await outcomes(admin))]).toEqual([status, 'NO_TENANT', 'NO_TENANT', 'NO_TENANT'])
      expect((await admin.call('session.view', undefined)).tenant).toBeNull()
      await owner.call('members.setStatus', { userId, status: 'active' })
    }
    expect(await outcomes(admin)).toEqual(['ok', 'ok', 'ok'])
  }
})

test('a role that was taken away is missed with the next request', async () => {
  const owner = await served.as('alder')
  const { id: userId } = served.world.tenants.alder.people.member
  const member = await served.as('alder', 'member')
  await member.call('accounts.create', { name: 'while it lasted' })
  await owner.call('members.setRole', { userId, role: 'read_only' })
  expect((await member.ask('accounts.create', { name: 'too late' })).outcome).toBe('FORBIDDEN')
  await owner.call('members.setRole', { userId, role: 'member' })
})

test('signing out ends this browser at once, signing out everywhere the other ones too', async () => {
  const [one, two, three] = [await served.as('birch'), await served.as('birch'), await served.as('birch')]
  await one.call('session.signOut', undefined)
  expect([await outcomes(one), await outcomes(two)]).toEqual([nobody, ['ok', 'ok', 'ok']])
  await two.call('session.signOutEverywhere', undefined)
  expect([await outcomes(two), await outcomes(three)]).toEqual([nobody, nobody])
})

test('a suspended company is read and not changed, and its data is as it was', async () => {
  const { world } = served
  const owner = await served.as('cypress')
  await owner.call('accounts.create', { name: 'from better days' })
  await world.app.db.tenants.setStatus('tests', 'cypress', 'suspended')
  const rows = () => lookInto(world.tenants.cypress.admin, 'select id, version from crm.accounts order by id')
  const before = await rows()

  const [account] = (await owner.call('accounts.list', { search: 'better days' })).rows
  if (account === undefined) throw new Error('the account was not read')
  const { id, version } = account
  for (const answer of [
    await owner.ask('accounts.create', { name: 'now' }),
    await owner.ask('accounts.patch', { id, version, patch: { name: 'now' } }),
    await owner.ask('accounts.remove', { id, version }),
    await owner.ask('members.add', { email: 'new@cypress.example', name: 'New', role: 'member' }),
    await owner.ask('tenant.updateSettings', { version: 1, patch: { name: 'Now' } }),
  ])
    expect([answer.status, answer.outcome]).toEqual([403, 'TENANT_SUSPENDED'])
  expect(await rows()).toEqual(before)

  await world.app.db.tenants.setStatus('tests', 'cypress', 'active')
  await owner.call('accounts.patch', { id, version, patch: { name: 'and again' } })
})

test('an archived company is closed to its own owner', async () => {
  const owner = await served.as('birch')
  await served.world.app.db.tenants.setStatus('tests', 'birch', 'archived')
  expect(await outcomes(owner)).toEqual(['TENANT_ARCHIVED', 'TENANT_ARCHIVED', 'TENANT_ARCHIVED'])
  await served.world.app.db.tenants.setStatus('tests', 'birch', 'active')
  expect(await outcomes(owner)).toEqual(['ok', 'ok', 'ok'])
})

test('a switch reads the membership there: none, a suspended or an ended one is refused and moves nothing', async () => {
  const { alder, cypress } = served.world.tenants
  const browser = await served.as('alder', 'read_only')
  const owner = await served.as('cypress')
  const there = () => browser.ask('session.switchTenant', { tenantId: cypress.id })
  expect((await there()).outcome).toBe('FORBIDDEN')

  const { email, name } = alder.people.read_only
  const { userId } = await owner.call('members.add', { email, name, role: 'member' })
  for (const status of ['suspended', 'removed'] as const) {
    await owner.call('members.setStatus', { userId, status })
    expect((await there()).outcome).toBe('FORBIDDEN')
  }
  expect((await browser.call('session.view', undefined)).tenant?.slug).toBe('alder')
  await owner.call('members.setStatus', { userId, status: 'active' })
  expect((await there()).outcome).toBe('ok')
  expect((await browser.call('session.view', undefined)).tenant?.slug).toBe('cypress')

  await owner.call('members.setStatus', { userId, status: 'removed' })
  expect((await browser.ask('accounts.list', {})).outcome).toBe('NO_TENANT')
})

/** A read of the tenant database, a write to it, a read of the application database. */
async function outcomes(browser: Browser): Promise<string[]> {
  const answers = [
    await browser.ask('accounts.list', {}),
    await browser.ask('accounts.create', { name: 'another one' }),
    await browser.ask('members.list', undefined),
  ]
  return answers.map(({ outcome }) => outcome)
}

const nobody = ['NOT_SIGNED_IN', 'NOT_SIGNED_IN', 'NOT_SIGNED_IN']
