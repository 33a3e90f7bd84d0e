import type { Opportunity, OpportunityPatch } from '@tenantry/contracts/opportunities'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'
import { stageOf } from './cards.fixture.ts'

inEveryPlacement((placement) => {
  let pipeline: Pipeline
  beforeAll(async () => {
    pipeline = await placement().mine.write((db) => db.pipelines.create(pipelineInput()))
  })
  const create = (amountMinor = 1000) =>
    placement().mine.write((db) => db.opportunities.create(opportunityInput({ amountMinor })))
  const patch = ({ id, version }: Opportunity, change: OpportunityPatch) =>
    placement().mine.write((db) => db.opportunities.patch({ id, version, patch: change }))

  test('a probability set by hand counts as one, until it is given back to the stage', async () => {
    const set = await patch(await create(), { probability: 33 })
    expect(set).toMatchObject({ probability: 33, probabilityOverridden: true, expectedMinor: 330 })
    const given = await patch(set, { probability: null, forecastCategory: 'commit' })
    expect(given).toMatchObject({ probability: 10, probabilityOverridden: false, forecastCategory: 'commit' })
  })

  test('giving the probability back takes the forecast of the stage as well', async () => {
    const set = await patch(await create(), { probability: 33, forecastCategory: 'commit' })
    expect(await patch(set, { probability: null })).toMatchObject({ probability: 10, forecastCategory: 'pipeline' })
  })

  test('a closed opportunity has the odds of its stage, whatever else is patched', async () => {
    const { mine } = placement()
    const { id } = await create()
    const won = await mine.write((db) => db.opportunities.move({ id, version: 1, stageId: stageOf(pipeline, 'Won') }))
    for (const change of [{ probability: 50 }, { probability: null }, { forecastCategory: 'omitted' as const }]) {
      await expect(patch(won, change)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    }
    expect(await patch(won, { amountMinor: 7 })).toMatchObject({ probability: 100, expectedMinor: 7 })
  })

  test.each([
    { amountMinor: 0, probability: 100, expectedMinor: 0 },
    { amountMinor: 1, probability: 50, expectedMinor: 1 },
    { amountMinor: 99, probability: 1, expectedMinor: 1 },
    { amountMinor: 49, probability: 1, expectedMinor: 0 },
    { amountMinor: Number.MAX_SAFE_INTEGER, probability: 100, expectedMinor: Number.MAX_SAFE_INTEGER },
    { amountMinor: Number.MAX_SAFE_INTEGER, probability: 99, expectedMinor: 8_917_127_262_193_581 },
  ])(
    'of $amountMinor at $probability % one may expect $expectedMinor',
    async ({ amountMinor, probability, expectedMinor }) => {
      const set = await patch(await create(amountMinor), { probability })
      expect(set).toMatchObject({ amountMinor, expectedMinor })
    },
  )
})
