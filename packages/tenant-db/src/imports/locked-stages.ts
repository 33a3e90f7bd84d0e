import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { OpportunityImportPatch } from '@tenantry/contracts/opportunity-import'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { Stage } from '@tenantry/contracts/pipelines'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { longestRank, rankBetween } from '../opportunities/board-rank.ts'
import { rankFor } from '../opportunities/stage-place.ts'
import { opportunities } from '../opportunities/table.ts'
import { pipelineStages } from '../pipeline-stages/table.ts'
import { pipelines } from '../pipelines/table.ts'

export type LockedStage = Pick<
  Stage,
  'id' | 'pipelineId' | 'name' | 'position' | 'kind' | 'probability' | 'forecastCategory' | 'isActive'
>

/** The stages of a company, in which nobody else places a card before the transaction ends. */
export interface LockedStages {
  byId(id: string): LockedStage | undefined
  /** Where a row of a file wants an opportunity to go. Throws RULE_VIOLATED where that is not there. */
  target(before: Standing, wanted: Wanted): LockedStage | 'stay'
  /** Behind the last card of a stage, and behind those that have asked before. */
  nextRank(stageId: string): string
}

type Standing = Pick<Opportunity, 'pipelineId' | 'stageId' | 'stageKind'>
type Wanted = Pick<OpportunityImportPatch, 'stageId' | 'pipelineId' | 'outcome'>

/** All of them, in one order: which ones the rows of a file will enter shows when their records are locked, and that is too late. */
export async function lockStages(executor: Executor): Promise<LockedStages> {
  const stages = await executor.run(lockAll, {})
  // By a statement of its own, which sees the cards that were placed while this one waited.
  const ends = await executor.run(lastRanks, {})
  const byId = new Map<string, LockedStage>(stages.map((stage) => [stage.id, stage]))
  const inOrder = stages.toSorted((a, b) => a.position - b.position)
  const ranks = new Map<string, string>()
  for (const { stageId, last } of ends) {
    const next = rankBetween(last, null)
    const isLong = next === undefined || next.length > longestRank
    const place = { stageId: stageId as Stage['id'], cardId: nobody }
    ranks.set(stageId, isLong ? await rankFor(executor, place) : next)
  }
  return {
    byId: (id) => byId.get(id),
    target(before, wanted) {
      const stage = targetAmong(inOrder, before, wanted)
      if (stage === undefined) throw noSuchStage()
      return stage === 'stay' || stage.id === before.stageId ? 'stay' : stage
    },
    nextRank(stageId) {
      const rank = ranks.get(stageId) ?? rankBetween(null, null) ?? ''
      ranks.set(stageId, rankBetween(rank, null) ?? rank)
      return rank
    },
  }
}

export function noSuchStage(): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message: 'There is no such stage.', data: { field: 'stageId' } })
}

const nobody = '00000000-0000-0000-0000-000000000000'

function targetAmong(
  stages: readonly LockedStage[],
  before: Standing,
  { stageId, pipelineId, outcome }: Wanted,
): LockedStage | 'stay' | undefined {
  if (stageId !== undefined) {
    const stage = stages.find(({ id }) => id === stageId)
    if (stage === undefined || pipelineId !== undefined) return stage
    // A row that names no pipeline means the stage of this name in the one where the opportunity is.
    const isNamesake = (one: LockedStage) => one.kind === stage.kind && one.name === stage.name
    return stages.find((one) => one.pipelineId === before.pipelineId && isNamesake(one)) ?? stage
  }
  const isOfPipeline = pipelineId === undefined || pipelineId === before.pipelineId
  if (isOfPipeline && (outcome === undefined || outcome === before.stageKind)) return 'stay'
  const [pipeline, kind] = [pipelineId ?? before.pipelineId, outcome ?? 'open']
  return stages.find((one) => one.pipelineId === pipeline && one.kind === kind && one.isActive)
}

type StageRow = LockedStage & Record<string, unknown>

const lockAll = statement<Record<string, never>, LockedStage>((db) =>
  db.execute<StageRow>(sql`
    select s.id, s.pipeline_id as "pipelineId", s.name, s.position, s.kind, s.probability, s.forecast_category as "forecastCategory",
      s.is_active as "isActive"
    from ${pipelineStages} s join ${pipelines} p on p.tenant_id = s.tenant_id and p.id = s.pipeline_id
    where s.deleted_at is null and p.deleted_at is null and p.archived_at is null
    order by s.id for no key update of s for share of p`),
)

const lastRanks = statement<Record<string, never>, { stageId: string; last: string | null }>((db) =>
  db.execute<{ stageId: string; last: string | null }>(sql`
    select s.id as "stageId", (select o.board_rank from ${opportunities} o
        where o.pipeline_id = s.pipeline_id and o.stage_id = s.id and o.deleted_at is null and o.archived_at is null
        order by o.board_rank desc, o.id desc limit 1) as last
    from ${pipelineStages} s where s.deleted_at is null`),
)
