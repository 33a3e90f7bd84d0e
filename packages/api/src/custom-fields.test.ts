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
  expect((await neighbour.call('accounts.list', query)).rows).toEqual([])
})

test('a lead becomes an account, although an account made by hand needs a field', async () => {
  const owner = await served.as('alder')
  const lead = await owner.call('leads.create', { lastName: 'Ash', company: 'Ash GmbH' })
  const input = { id: lead.id, version: 1, timeZone: 'UTC', opportunity: { use: 'none' } } as const
  const { accountId } = await owner.call('leads.convert', input)
  expect((await owner.call('accounts.byId', { id: accountId })).custom).toEqual({})
})
