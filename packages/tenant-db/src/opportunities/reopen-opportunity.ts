import { statement } from '@tenantry/connections/statement'
import type { StageId } from '@tenantry/contracts/ids'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { pipelineStages } from '../pipeline-stages/table.ts'
import type { Acting } from '../records/acting.ts'
import { transactionTime, writeChange } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { opportunityStageHistory as history } from '../stage-history/table.ts'
import { enterStage } from './enter-stage.ts'
import { opportunityRecord } from './record.ts'
import { lockStage, rankFor } from './stage-place.ts'
import { opportunities } from './table.ts'

/**
 * Back to the stage from which it was won at that very moment, or to the first open one where that stage is no more. One
 * that somebody has moved since, that was won before, or that is in the bin stays where it is. Throws NOT_FOUND.
 */
export async function reopenOpportunity(
  acting: Acting,
  { id, wonAt }: { id: string; wonAt: string },
): Promise<Opportunity> {
  const { executor } = acting
  const [stageBefore] = await executor.run(openStage, { id, wonAt })
  // In this order: everybody locks the stage before its cards.
  const stage = stageBefore && (await lockStage(executor, stageBefore.id))
  const [before, now] = await inOneTrip([lockAndRead(executor, opportunityRecord, id), transactionTime(executor)])
  const isAsItWas = stageBefore !== undefined && before.stageId === stageBefore.wonStageId
  if (!isAsItWas || before.deletedAt !== null) return before
  if (stage === undefined) throw new TenantryError('RULE_VIOLATED', { message: 'Its pipeline has no open stage.' })
  const boardRank = await rankFor(executor, { stageId: stage.id, cardId: id })
  const entered = enterStage(before, stage, { now, lostReason: null })
  return writeChange(acting, opportunityRecord, before, { ...entered, boardRank }, { action: 'moved' })
}

type Found = { id: StageId; wonStageId: string }
/** History is written in the transaction that has accepted, at its time. */
const openStage = statement<{ id: string; wonAt: string }, Found>((db) =>
  db.execute<Found>(sql`
    select s.id, h.to_stage_id as "wonStageId" from ${opportunities} o
    cross join lateral (
      select from_stage_id, to_stage_id, changed_at from ${history}
      where tenant_id = o.tenant_id and opportunity_id = o.id and from_stage_id is distinct from to_stage_id
      order by id desc limit 1) h
    join ${pipelineStages} s on s.tenant_id = o.tenant_id and s.kind = 'open' and s.is_active and s.deleted_at is null
      and (s.id = h.from_stage_id or s.pipeline_id = o.pipeline_id)
    where o.id = ${sql.placeholder('id')} and o.outcome = 'won' and o.stage_id = h.to_stage_id
      and h.changed_at = ${sql.placeholder('wonAt')}::timestamptz
    order by (s.id = h.from_stage_id) desc, s.position limit 1`),
)
