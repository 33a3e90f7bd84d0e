import type { StageId } from '@tenantry/contracts/ids'
import { OpportunityBoardQuery, type Opportunity } from '@tenantry/contracts/opportunities'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import type { Desk } from '../placements.fixture.ts'

/** The id of a stage by its name. */
export function stageOf(pipeline: Pipeline, name: string): StageId {
  const stage = pipeline.stages.find((candidate) => candidate.name === name)
  if (!stage) throw new Error(`there is no stage ${name}`)
  return stage.id
}

/** Cards of these names in a stage, from the top. */
export async function cardsIn(desk: Desk, stageId: StageId, names: string): Promise<Opportunity[]> {
  const cards = []
  for (const name of names) {
    cards.push(await desk.write((db) => db.opportunities.create(opportunityInput({ name, stageId }))))
  }
  return cards
}

/** The names of the cards in a stage as its board shows them. */
export async function namesIn(desk: Desk, { id }: Pipeline, stageId: StageId): Promise<string> {
  const board = await desk.read.opportunities.board(OpportunityBoardQuery.parse({ pipelineId: id }))
  const column = board.columns.find((candidate) => candidate.stageId === stageId)
  return column?.cards.map(({ name }) => name).join('') ?? ''
}
