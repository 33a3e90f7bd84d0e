import type { OpportunityId } from '@tenantry/contracts/ids'
import type { OpportunityPatch } from '@tenantry/contracts/opportunities'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { v7 } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import { stageOf } from './cards.fixture.ts'

inEveryPlacement((placement) => {
  let pipeline: Pipeline
  beforeAll(async () => {
    pipeline = await placement().mine.write((db) => db.pipelines.create(pipelineInput()))
  })
  const create = () => placement().mine.write((db) => db.opportunities.create(opportunityInput({ amountMinor: 1000 })))
  const history = (id: OpportunityId) => placement().mine.read.opportunities.stageHistory(id)

  test('it tells from which stage to which, when, by whom, and how long the card had stood there', async () => {
    const { mine } = placement()
    const created = await create()
    const { id } = created
    const [inquiry, proposal] = [stageOf(pipeline, 'Inquiry'), stageOf(pipeline, 'Proposal')]
    const moved = await mine.write((db) => db.opportunities.move({ id, version: 1, stageId: proposal }))
    const same = { id: expect.any(String), changedByName: mine.person.name, amountMinor: 1000 }
    expect(await history(id)).toEqual([
      {
        ...same,
        fromStageId: null,
        fromStageName: null,
        toStageId: inquiry,
        toStageName: 'Inquiry',
        changedAt: created.createdAt,
        probability: 10,
        secondsInPrevious: null,
      },
      {
        ...same,
        fromStageId: inquiry,
        fromStageName: 'Inquiry',
        toStageId: proposal,
        toStageName: 'Proposal',
        changedAt: moved.updatedAt,
        probability: 50,
        secondsInPrevious: 0,
      },
    ])
  })

  test.each<[string, OpportunityPatch, object]>([
    ['the amount', { amountMinor: 5000 }, { amountMinor: 5000 }],
    ['the probability', { probability: 80 }, { probability: 80 }],
    ['the date of closing', { expectedCloseOn: '2028-01-01' }, { amountMinor: 1000, probability: 10 }],
  ])('a change of %s is a line of it, in the same stage', async (_, patch, shown) => {
    const { id } = await create()
    await placement().mine.write((db) => db.opportunities.patch({ id, version: 1, patch }))
    const inquiry = stageOf(pipeline, 'Inquiry')
    expect((await history(id)).slice(1)).toMatchObject([
      { fromStageId: inquiry, toStageId: inquiry, secondsInPrevious: null, ...shown },
    ])
  })

  test('a change of anything else, or none, is no line of it', async () => {
    const { mine } = placement()
    const { id, amountMinor } = await create()
    await mine.write((db) => db.opportunities.patch({ id, version: 1, patch: { nextStep: 'Write', amountMinor } }))
    await mine.write((db) => db.opportunities.archive({ id, version: 2 }))
    expect(await history(id)).toHaveLength(1)
  })

  test('an undone move is a line too, back to the stage before', async () => {
    const { mine } = placement()
    const { id } = await create()
    await mine.write((db) => db.opportunities.move({ id, version: 1, stageId: stageOf(pipeline, 'Won') }))
    const [change] = (await mine.read.opportunities.timeline(id, { limit: 1 })).rows
    await mine.write((db) => db.opportunities.undo(id, change?.id ?? ''))
    const stages = (await history(id)).map(({ fromStageName, toStageName }) => [fromStageName, toStageName])
    expect(stages).toEqual([
      [null, 'Inquiry'],
      ['Inquiry', 'Won'],
      ['Won', 'Inquiry'],
    ])
  })

  test('a move that fails leaves no line', async () => {
    const { mine } = placement()
    const { id } = await create()
    const failing = mine.write(async (db) => {
      await db.opportunities.move({ id, version: 1, stageId: stageOf(pipeline, 'Won') })
      throw new Error('somebody pulled the plug')
    })
    await expect(failing).rejects.toThrow('somebody pulled the plug')
    expect(await history(id)).toHaveLength(1)
  })

  test('the opportunity of another tenant has none, like one that does not exist', async () => {
    const { mine, theirs } = placement()
    const foreign = await theirs.write(async (db) => {
      await db.pipelines.create(pipelineInput())
      return db.opportunities.create(opportunityInput())
    })
    for (const id of [foreign.id, v7() as OpportunityId]) {
      await expect(mine.read.opportunities.stageHistory(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})
