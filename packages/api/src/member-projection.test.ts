import type { UserId } from '@tenantry/contracts/ids'
import { lookInto } from '@tenantry/testing/look-into'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openRuntime } from './runtime.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

type Slug = 'alder' | 'birch' | 'cypress'
let served: ServedWorld<Slug>

beforeAll(async () => {
  served = await serveWorld({
    alder: { server: mainServer(), database: 'grove' },
    birch: { server: mainServer(), database: 'grove' },
    cypress: { server: elsewhereServer() },
  })
})
afterAll(() => served.close())

test('a member who is added, suspended and removed is so in the tenant database when the answer arrives', async () => {
  for (const slug of ['alder', 'cypress'] as const) {
    const owner = await served.as(slug)
    const { userId } = await owner.call('members.add', newMember(slug))
    expect(await refOf(slug, userId)).toEqual([{ name: 'New here', status: 'active' }])
    for (const status of ['suspended', 'removed', 'active'] as const) {
      await owner.call('members.setStatus', { userId, status })
      expect(await refOf(slug, userId)).toEqual([{ name: 'New here', status }])
    }
    await owner.call('accounts.create', { name: 'theirs', ownerId: userId })
    expect((await owner.call('people.list', undefined)).map((person) => person.userId)).toContain(userId)
  }
  const [neighbours] = await lookInto<{ count: number }>(
    served.world.tenants.birch.admin,
    `select count(*)::int from crm.member_refs where tenant_id = $1 and email like 'new-%'`,
    [served.world.tenants.birch.tenantIdInDataSource],
  )
  expect(neighbours?.count).toBe(0)
})

test('changes that overlap leave the tenant database with what is so in the end', async () => {
  const owner = await served.as('alder')
  const { userId } = await owner.call('members.add', newMember('overlap'))
  const statuses = ['suspended', 'active', 'suspended', 'active', 'suspended', 'active', 'removed'] as const
  await Promise.all(statuses.map((status) => owner.ask('members.setStatus', { userId, status })))
  const members = await owner.call('members.list', undefined)
  const status = members.find((member) => member.userId === userId)?.status
  await vi.waitFor(async () => expect(await refOf('alder', userId)).toEqual([{ name: 'New here', status }]))
})

test('a member is not lost while the tenant database is away, and is there once it is back', async () => {
  const { world, config, logged } = served
  const owner = await served.as('birch')
  await lookInto(
    world.appAdmin,
    `update app.tenants set data_source_url = regexp_replace(data_source_url, ':[0-9]+/', ':1/') where slug = 'birch'`,
  )
  const before = logged.length
  const { userId } = await owner.call('members.add', newMember('away'))
  await vi.waitFor(() =>
    expect(logged.slice(before).join('')).toContain('The members could not be brought to the tenant database'),
  )
  await owner.call('members.setRole', { userId, role: 'admin' })
  expect((await owner.call('members.list', undefined)).find((member) => member.userId === userId)?.role).toBe('admin')

  const { port } = world.tenants.birch.admin
  await lookInto(
    world.appAdmin,
    `update app.tenants set data_source_url = regexp_replace(data_source_url, ':1/', ':${port}/') where slug = 'birch'`,
  )
  expect(await refOf('birch', userId)).toEqual([])
  // What a process did not get done, the next one does when it first sees the tenant.
  await using next = openRuntime(config)
  await next.callerFor({ cookieHeader: owner.cookie }).accounts.list({})
  await vi.waitFor(async () => expect(await refOf('birch', userId)).toEqual([{ name: 'New here', status: 'active' }]))
})

test('somebody who switches to a company brings its people up to date with their first look', async () => {
  const { world } = served
  const { alder, cypress } = world.tenants
  const browser = await served.browserOf(alder.people.member)
  const { email, name } = alder.people.member
  const { userId } = await (await served.as('cypress')).call('members.add', { email, name, role: 'member' })
  await lookInto(cypress.admin, `update crm.member_refs set display_name = 'out of date' where user_id = $1`, [userId])
  await browser.call('session.switchTenant', { tenantId: cypress.id })
  await browser.call('people.list', undefined)
  await vi.waitFor(async () => expect(await refOf('cypress', userId)).toEqual([{ name, status: 'active' }]))
})

function newMember(label: string) {
  return { email: `new-${label}@example.test`, name: 'New here', role: 'member' } as const
}

function refOf(slug: Slug, userId: UserId) {
  const { admin, tenantIdInDataSource } = served.world.tenants[slug]
  return lookInto(
    admin,
    'select display_name as name, status from crm.member_refs where tenant_id = $1 and user_id = $2',
    [tenantIdInDataSource, userId],
  )
}
