import { OpportunityBoardQuery, OpportunityListQuery } from '@tenantry/contracts/opportunities'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { expect, test } from 'vitest'
import { inEveryPlacement } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('smoke', async () => {
    const { mine } = placement()
    const pipeline = await mine.write((db) => db.pipelines.create(pipelineInput()))
    expect(pipeline.isDefault).toBe(true)
    const created = await mine.write((db) => db.opportunities.create(opportunityInput()))
    const second = await mine.write((db) => db.opportunities.create(opportunityInput()))
    expect(second.boardRank > created.boardRank).toBe(true)
    expect(await mine.read.opportunities.byId(created.id)).toEqual(created)
    expect((await mine.read.opportunities.list(OpportunityListQuery.parse({ sort: 'expectedCloseOn' }))).rows).toHaveLength(2)
    const won = await mine.write((db) => db.opportunities.move({ id: created.id, version: 1, stageId: pipeline.stages[2]!.id }))
    expect(won).toMatchObject({ outcome: 'won', probability: 100 })
    const board = await mine.read.opportunities.board(OpportunityBoardQuery.parse({}))
    console.log(JSON.stringify(board, null, 1).slice(0, 3000))
    console.log(await mine.read.opportunities.stageHistory(created.id))
  })
})
