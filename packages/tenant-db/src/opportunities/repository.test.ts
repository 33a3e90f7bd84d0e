import { OpportunityBoardQuery, OpportunityListQuery } from '@tenantry/contracts/opportunities'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('an opportunity reads as it was created', async () => {
    const { mine } = placement()
    const pipeline = await mine.write((db) => db.pipelines.create(pipelineInput()))
    expect(pipeline.isDefault).toBe(true)
    const created = await mine.write((db) => db.opportunities.create(opportunityInput()))
    expect(await mine.read.opportunities.byId(created.id)).toEqual(created)
    expect((await mine.read.opportunities.list(OpportunityListQuery.parse({}))).rows).toEqual([created])
    const board = await mine.read.opportunities.board(OpportunityBoardQuery.parse({}))
    expect(board.columns[0]?.cards).toEqual([created])
  })
})
