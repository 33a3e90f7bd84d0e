import type { AccountId, ContactId, PipelineId, StageId } from '@tenantry/contracts/ids'
import { OpportunityListQuery, type OpportunityInput } from '@tenantry/contracts/opportunities'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { inEveryPlacement } from '../placements.fixture.ts'

type Filters = NonNullable<z.input<typeof OpportunityListQuery>['filters']>

inEveryPlacement((placement) => {
  let pipelineId: PipelineId
  let other: PipelineId
  let stages: StageId[]
  let accountId: AccountId
  let contactId: ContactId

  beforeAll(async () => {
    const { mine } = placement()
    await mine.write(async (db) => {
      const sales = await db.pipelines.create(pipelineInput())
      pipelineId = sales.id
      stages = sales.stages.map(({ id }) => id)
      other = (await db.pipelines.create(pipelineInput({ name: 'Other' }))).id
      accountId = (await db.accounts.create(accountInput())).id
      contactId = (await db.contacts.create(contactInput())).id
      const [, proposal, won, lost] = stages
      const create = (name: string, more: Partial<z.input<typeof OpportunityInput>>) =>
        db.opportunities.create(opportunityInput({ name, expectedCloseOn: null, ...more }))
      await create('A', { accountId, contactId, expectedCloseOn: '2027-03-01' })
      await create('B', { stageId: proposal, ownerId: mine.person.id, expectedCloseOn: '2027-03-31' })
      const toWin = await create('C', {})
      const toLose = await create('D', {})
      await create('E', { pipelineId: other, expectedCloseOn: '2027-04-01' })
      await db.opportunities.archive(await create('F', {}))
      await db.opportunities.remove(await create('G', {}))
      if (!won || !lost) throw new Error('the factory makes four stages')
      await db.opportunities.move({ id: toWin.id, version: 1, stageId: won })
      await db.opportunities.move({ id: toLose.id, version: 1, stageId: lost, lostReason: 'Too dear' })
    })
  })

  test.each<[string, () => Filters, string]>([
    ['nothing', () => ({}), 'ABCDE'],
    ['a pipeline', () => ({ pipelineId: other }), 'E'],
    ['one stage', () => ({ stageId: stages.slice(1, 2) }), 'B'],
    ['several stages', () => ({ stageId: stages.slice(1, 3) }), 'BC'],
    ['no stage in particular', () => ({ stageId: [] }), 'ABCDE'],
    ['a stage that does not exist', () => ({ stageId: [v7()] }), ''],
    ['a company', () => ({ accountId }), 'A'],
    ['a contact', () => ({ contactId }), 'A'],
    ['an owner', () => ({ ownerId: placement().mine.person.id }), 'B'],
    ['what is open', () => ({ outcome: 'open' }), 'ABE'],
    ['what was won', () => ({ outcome: 'won' }), 'C'],
    ['what was lost', () => ({ outcome: 'lost' }), 'D'],
    ['what closes from a day on, that day too', () => ({ closesFrom: '2027-03-31' }), 'BE'],
    ['what closes until a day, that day too', () => ({ closesUntil: '2027-03-31' }), 'AB'],
    ['what closes in a month', () => ({ closesFrom: '2027-03-01', closesUntil: '2027-03-31' }), 'AB'],
    ['everything at once', () => ({ pipelineId, stageId: stages, outcome: 'open', accountId, contactId }), 'A'],
  ])('asked for %s, list and count agree', async (_, filters, names) => {
    const { mine } = placement()
    const query = OpportunityListQuery.parse({ sort: 'name', filters: filters() })
    const { rows } = await mine.read.opportunities.list(query)
    expect(rows.map(({ name }) => name).join('')).toBe(names)
    expect(await mine.read.opportunities.count(query)).toEqual({ count: names.length, capped: false })
  })

  test.each([
    { show: 'archived', names: 'F' },
    { show: 'deleted', names: 'G' },
  ])('$show opportunities are shown when they are asked for', async ({ show, names }) => {
    const { rows } = await placement().mine.read.opportunities.list(OpportunityListQuery.parse({ show }))
    expect(rows.map(({ name }) => name).join('')).toBe(names)
  })
})
