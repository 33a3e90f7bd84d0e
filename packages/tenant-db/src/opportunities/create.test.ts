import type { PipelineId, StageId } from '@tenantry/contracts/ids'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { accountInput } from '@tenantry/testing/factories/account'
import { contactInput } from '@tenantry/testing/factories/contact'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import { stageOf } from './cards.fixture.ts'

inEveryPlacement((placement) => {
  let sales: Pipeline
  let other: Pipeline
  let theirs: Pipeline

  beforeAll(async () => {
    const desks = placement()
    sales = await desks.mine.write((db) => db.pipelines.create(pipelineInput()))
    other = await desks.mine.write((db) => db.pipelines.create(pipelineInput({ name: 'Other' })))
    theirs = await desks.theirs.write((db) => db.pipelines.create(pipelineInput()))
  })

  test('an opportunity reads as it was created, with the names of what it refers to', async () => {
    const { mine } = placement()
    const { account, contact } = await mine.write(async (db) => ({
      account: await db.accounts.create(accountInput({ name: 'Lumen' })),
      contact: await db.contacts.create(contactInput({ firstName: 'Ada', lastName: 'Byron' })),
    }))
    const fields = {
      name: 'Byron wedding',
      accountId: account.id,
      contactId: contact.id,
      ownerId: mine.person.id,
      amountMinor: 123_450,
      currency: 'EUR',
      expectedCloseOn: '2027-05-01',
      nextStep: 'Call',
      eventType: 'wedding',
    }
    const created = await mine.write((db) => db.opportunities.create(fields))
    expect(created).toEqual({
      ...fields,
      amountSource: 'manual',
      leadId: null,
      id: created.id,
      pipelineId: sales.id,
      stageId: stageOf(sales, 'Inquiry'),
      stageName: 'Inquiry',
      stageKind: 'open',
      accountName: 'Lumen',
      contactName: 'Ada Byron',
      ownerName: mine.person.name,
      probability: 10,
      probabilityOverridden: false,
      forecastCategory: 'pipeline',
      expectedMinor: 12_345,
      closedAt: null,
      outcome: null,
      lostReason: null,
      boardRank: created.boardRank,
      stageEnteredAt: created.createdAt,
      isRotting: false,
      version: 1,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      createdBy: mine.person.id,
      updatedAt: created.createdAt,
      updatedBy: mine.person.id,
      archivedAt: null,
      deletedAt: null,
      custom: {},
    })
    expect(await mine.read.opportunities.byId(created.id)).toEqual(created)
  })

  test('it enters the first open stage of the pipeline that is named', async () => {
    const { mine } = placement()
    const created = await mine.write((db) => db.opportunities.create(opportunityInput({ pipelineId: other.id })))
    expect(created).toMatchObject({ pipelineId: other.id, stageId: stageOf(other, 'Inquiry') })
  })

  test('it takes odds and forecast of the stage that is named', async () => {
    const { mine } = placement()
    const stageId = stageOf(sales, 'Proposal')
    const created = await mine.write((db) => db.opportunities.create(opportunityInput({ stageId, amountMinor: 333 })))
    expect(created).toMatchObject({ stageId, probability: 50, forecastCategory: 'best_case', expectedMinor: 167 })
  })

  test('odds that are given stay in an open stage and count for nothing in a closed one', async () => {
    const { mine } = placement()
    const create = (stage: string) =>
      mine.write((db) => db.opportunities.create(opportunityInput({ stageId: stageOf(sales, stage), probability: 33 })))
    expect(await create('Proposal')).toMatchObject({ probability: 33, probabilityOverridden: true })
    expect(await create('Won')).toMatchObject({ probability: 100, probabilityOverridden: false, outcome: 'won' })
  })

  test('it can be created as won, and not as lost without a reason', async () => {
    const { mine } = placement()
    const won = await mine.write((db) => db.opportunities.create(opportunityInput({ stageId: stageOf(sales, 'Won') })))
    expect(won).toMatchObject({ outcome: 'won', closedAt: won.createdAt, forecastCategory: 'closed' })
    const lost = mine.write((db) => db.opportunities.create(opportunityInput({ stageId: stageOf(sales, 'Lost') })))
    await expect(lost).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'lostReason' } })
  })

  test('it stands under everything that is in the stage already, also when many are created at once', async () => {
    const { mine } = placement()
    const create = () => mine.write((db) => db.opportunities.create(opportunityInput({ pipelineId: other.id })))
    const first = await create()
    const more = await Promise.all(Array.from({ length: 12 }, create))
    const ranks = more.map(({ boardRank }) => boardRank)
    expect(new Set(ranks)).toHaveProperty('size', 12)
    expect(ranks.every((rank) => rank > first.boardRank)).toBe(true)
  })

  test('a stage or pipeline of another tenant is refused as one that does not exist', async () => {
    const { mine } = placement()
    const places = [
      { stageId: stageOf(theirs, 'Inquiry') },
      { stageId: v7() as StageId },
      { pipelineId: theirs.id },
      { pipelineId: v7() as PipelineId },
      { pipelineId: other.id, stageId: stageOf(sales, 'Inquiry') },
    ]
    for (const place of places) {
      const created = mine.write((db) => db.opportunities.create(opportunityInput(place)))
      await expect(created).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
        message: 'There is no such stage.',
        data: { field: 'stageId' },
      })
    }
  })
})
