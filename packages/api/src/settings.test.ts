import { customFieldInput } from '@tenantry/testing/factories/custom-field'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { savedViewInput } from '@tenantry/testing/factories/saved-view'
import { taskTemplateInput } from '@tenantry/testing/factories/task-template'
import { elsewhereServer, mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from './browser.fixture.ts'
import { serveWorld, type ServedWorld } from './served-world.fixture.ts'

let served: ServedWorld<'alder' | 'birch' | 'cypress'>
beforeAll(async () => {
  const grove = { server: mainServer(), database: 'grove' }
  served = await serveWorld({ alder: grove, birch: grove, cypress: { server: elsewhereServer() } })
  for (const slug of ['alder', 'birch', 'cypress'] as const)
    await (await served.as(slug)).call('pipelines.create', pipelineInput({ name: 'Default' }))
})
afterAll(() => served.close())

/** What companies set up for themselves: a new one called by some word, and a change of it. */
const settings = {
  pipelines: {
    make: (browser: Browser, name: string) => browser.call('pipelines.create', pipelineInput({ name })),
    patch: { name: 'Changed' },
    whole: {},
  },
  taskTemplates: {
    make: (browser: Browser, name: string) => browser.call('taskTemplates.create', taskTemplateInput({ name })),
    patch: { name: 'Changed' },
    whole: {},
  },
  customFields: {
    make: (browser: Browser, key: string) => browser.call('customFields.create', customFieldInput({ key })),
    patch: { label: 'Changed' },
    whole: {},
  },
  savedViews: {
    make: (browser: Browser, name: string) => browser.call('savedViews.create', savedViewInput({ name })),
    patch: { name: 'Changed' },
    whole: { list: 'account' },
  },
} as const
const kinds = Object.keys(settings) as (keyof typeof settings)[]

const refusedBy = (code: string) => ({ done: false, code, message: expect.any(String) as string })

describe.each([
  ['a shared', 'alder', 'birch'],
  ['a dedicated', 'cypress', 'alder'],
] as const)('in %s database', (_, slug, neighbour) => {
  test.each(kinds)('%s are changed and removed many at once, each or with its reason why not', async (kind) => {
    const [owner, other] = [await served.as(slug), await served.as(neighbour)]
    const { make, whole } = settings[kind]
    const patch: object = settings[kind].patch
    const [first, stale, last] = [await make(owner, 'first'), await make(owner, 'stale'), await make(owner, 'last')]
    const foreign = await make(other, `of_${slug}`)
    await owner.call(`${kind}.patch`, { id: stale.id, version: 1, patch })
    const rows = (version: number) => [
      { id: first.id, version },
      { id: stale.id, version: 1 },
      { id: foreign.id, version: 1 },
      { id: last.id, version },
    ]
    const results = (version: number) => [
      { done: true, version },
      refusedBy('STALE_WRITE'),
      refusedBy('NOT_FOUND'),
      { done: true, version },
    ]
    expect(await owner.call(`${kind}.bulkPatch`, { rows: rows(1), patch })).toEqual(results(2))
    const changed = await owner.call(`${kind}.byId`, { id: last.id })
    expect(changed).toMatchObject({ ...patch, version: 2 })
    const count = async () => (await owner.call(`${kind}.count`, whole)).count
    const before = await count()
    expect(await owner.call(`${kind}.list`, whole)).toHaveLength(before)
    expect(await owner.call(`${kind}.bulkRemove`, { rows: rows(2) })).toEqual(results(3))
    expect(await count()).toBe(before - 2)
    expect(await owner.call(`${kind}.restore`, { id: last.id, version: 3 })).toMatchObject({ ...patch, version: 4 })
    const [, , change] = (await owner.call(`${kind}.timeline`, { id: last.id })).rows
    const undone = await owner.call(`${kind}.undo`, { id: last.id, changeId: change?.id ?? '' })
    expect(undone).toEqual({ ...last, version: 5, updatedAt: undone.updatedAt })
    expect(await other.call(`${kind}.byId`, { id: foreign.id })).toEqual(foreign)
  })
})

test('the default pipeline stays when all of them are to be removed', async () => {
  const owner = await served.as('birch')
  const [standard] = await owner.call('pipelines.list', {})
  const spare = await settings.pipelines.make(owner, 'Spare')
  if (standard === undefined) throw new Error('there is a default pipeline')
  const rows = [standard, spare].map(({ id, version }) => ({ id, version }))
  expect(await owner.call('pipelines.bulkRemove', { rows })).toEqual([
    refusedBy('RULE_VIOLATED'),
    { done: true, version: 2 },
  ])
  expect(await owner.call('pipelines.byId', { id: standard.id })).toEqual(standard)
})

test('among many views those of colleagues stay as they are, whoever asks', async () => {
  const [owner, member] = [await served.as('alder'), await served.as('alder', 'read_only')]
  const kept = await settings.savedViews.make(owner, 'Kept')
  const shared = await owner.call('savedViews.create', savedViewInput({ name: 'Shared', visibility: 'tenant' }))
  const own = await settings.savedViews.make(member, 'Own')
  const rows = [kept, shared, own].map(({ id, version }) => ({ id, version }))
  const refusals = [refusedBy('NOT_FOUND'), refusedBy('FORBIDDEN')]
  const patch = { name: 'Taken' }
  const patched = await member.call('savedViews.bulkPatch', { rows, patch })
  expect(patched).toEqual([...refusals, { done: true, version: 2 }])
  expect(await member.call('savedViews.bulkRemove', { rows })).toEqual([...refusals, refusedBy('STALE_WRITE')])
  for (const view of [kept, shared]) expect(await owner.call('savedViews.byId', { id: view.id })).toEqual(view)
})

test('among many fields the one whose option a record holds keeps it, and none is anybody’s to change who manages nothing', async () => {
  const [owner, member] = [await served.as('cypress'), await served.as('cypress', 'member')]
  const [red, blue] = [
    { key: 'red', label: 'Red' },
    { key: 'blue', label: 'Blue' },
  ]
  const make = (key: string) =>
    owner.call('customFields.create', customFieldInput({ key, type: 'select', options: [red, blue] }))
  const [used, free] = [await make('used'), await make('free')]
  await owner.call('accounts.create', { name: 'Red', custom: { used: 'red' } })
  const rows = [used, free].map(({ id, version }) => ({ id, version }))
  const attempt = { rows, patch: { options: [blue] } }
  expect((await member.ask('customFields.bulkPatch', attempt)).outcome).toBe('FORBIDDEN')
  expect((await member.ask('customFields.bulkRemove', { rows })).outcome).toBe('FORBIDDEN')
  expect(await owner.call('customFields.bulkPatch', attempt)).toEqual([
    refusedBy('RULE_VIOLATED'),
    { done: true, version: 2 },
  ])
  expect(await owner.call('customFields.byId', { id: used.id })).toEqual(used)
})
