import type { CustomInput } from '@tenantry/contracts/custom-values'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

let served: ServedWorld<'alder' | 'birch'>
beforeAll(async () => {
  served = await serveWorld({ alder: { server: mainServer() }, birch: { server: elsewhereServer() } })
})
afterAll(() => served.close())

async function refusedFields(
  caller: Awaited<ReturnType<typeof served.as>>,
  input: Parameters<typeof caller.ask<'accounts.create'>>[1],
): Promise<unknown> {
  const { outcome, text } = await caller.ask('accounts.create', input)
  expect(outcome).toBe('BAD_INPUT')
  return (JSON.parse(text) as { error: { data: { data: { fields: unknown } } } }).error.data.data.fields
}

test('a company defines a required field: from then on it is asked for, in one statement and in many, and nobody else is', async () => {
  const owner = await served.as('alder')
  const neighbour = await served.as('birch')
  const options = [{ key: 'gold', label: 'Gold' }]
  const field = { entity: 'account', key: 'level', label: 'Level', type: 'select', options, required: true } as const
  await owner.call('customFields.create', field)
  const missing = { 'custom.level': ['Fill this in.'] }
  expect(await refusedFields(owner, { name: 'Without' })).toEqual(missing)
  expect(await refusedFields(owner, { name: 'Without', custom: { level: null } })).toEqual(missing)
  expect(await refusedFields(owner, { name: 'Lead', custom: { level: 'lead', other: 1 } })).toEqual({
    'custom.level': ['This is not offered.'],
    'custom.other': ['There is no such field.'],
  })
  const created = await owner.call('accounts.create', { name: 'With', custom: { level: 'gold' } })
  const query = { filters: { custom: { level: ['gold', 'silver'] } } }
  expect((await owner.call('accounts.list', query)).rows).toEqual([created])
  expect(await neighbour.call('accounts.create', { name: 'Without' })).toMatchObject({ custom: {} })
  expect((await neighbour.ask('accounts.list', query)).outcome).toBe('BAD_INPUT')
})

test('a lead becomes an account, although an account made by hand needs a field', async () => {
  const owner = await served.as('alder')
  const lead = await owner.call('leads.create', { lastName: 'Ash', company: 'Ash GmbH' })
  const input = { id: lead.id, version: 1, timeZone: 'UTC', opportunity: { use: 'none' } } as const
  const { accountId } = await owner.call('leads.convert', input)
  expect((await owner.call('accounts.byId', { id: accountId })).custom).toEqual({})
})

test('a program finds records by custom fields, typed as they are, and learns at which field it asked wrongly', async () => {
  const owner = await served.as('birch')
  for (const [key, type] of [['seats', 'number'] as const, ['motto', 'text'] as const])
    await owner.call('customFields.create', { entity: 'contact', key, label: key, type })
  const made = async (lastName: string, custom: CustomInput) =>
    (await owner.call('contacts.create', { lastName, custom })).id
  const ids: string[] = [await made('A', { seats: 40, motto: 'Fair & square' }), await made('B', { seats: 120 })]
  const { secret } = await owner.call('apiKeys.create', { name: 'Website', role: 'read_only' })
  const ask = async (place: string, sought: string) => {
    const address = `http://127.0.0.1:${served.port}/api/v1/contacts${place}?filters.custom=${encodeURIComponent(sought)}`
    const answer = await fetch(address, { headers: { authorization: `Bearer ${secret}` } })
    return (await answer.json()) as { rows?: { id: string }[]; count?: number; code?: string; data?: unknown }
  }
  const found = async (sought: object) => (await ask('', JSON.stringify(sought))).rows?.map(({ id }) => ids.indexOf(id))
  expect(await found({ seats: { from: 100 } })).toEqual([1])
  expect(await found({ seats: [40, 120] })).toEqual([0, 1])
  expect(await found({ motto: { contains: 'FAIR &' } })).toEqual([0])
  expect(await ask('/count', '{"seats":{"until":100}}')).toMatchObject({ count: 1 })
  const refusals = {
    '{"seats":"40"}': 'filters.custom.seats',
    '{"stars":5}': 'filters.custom.stars',
    '{"seats":': 'filters.custom',
    '[]': 'filters.custom',
  }
  for (const [sought, field] of Object.entries(refusals))
    expect(await ask('', sought)).toMatchObject({
      code: 'BAD_INPUT',
      data: { fields: { [field]: [expect.any(String)] } },
    })
})
