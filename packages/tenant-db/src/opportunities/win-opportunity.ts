import { statement } from '@tenantry/connections/statement'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import type { StageId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { pipelineStages } from '../pipeline-stages/table.ts'
import type { Acting } from '../records/acting.ts'
import { transactionTime, writeChange } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { enterStage } from './enter-stage.ts'
import { opportunityRecord } from './record.ts'
import { lockStage, rankFor } from './stage-place.ts'
import { opportunities } from './table.ts'

/**
 * To the first won stage of its pipeline, whatever version it is at: something has happened that nobody decides about any
 * more. One that is won already stays where it is, locked. Throws NOT_FOUND, and RULE_VIOLATED for one in the bin.
 */
export async function winOpportunity(acting: Acting, id: string): Promise<Opportunity> {
  const { executor } = acting
  const [won] = await executor.run(wonStage, { id })
  // In this order: everybody locks the stage before its cards.
  const stage = won && (await lockStage(executor, won.id))
  const [before, now] = await inOneTrip([lockAndRead(executor, opportunityRecord, id), transactionTime(executor)])
  if (before.outcome === 'won') return before
  if (stage === undefined) throw new TenantryError('RULE_VIOLATED', { message: 'Its pipeline has no won stage.' })
  const boardRank = await rankFor(executor, { stageId: stage.id, cardId: id })
  const entered = enterStage(before, stage, { now, lostReason: null })
  return writeChange(acting, opportunityRecord, before, { ...entered, boardRank }, { action: 'moved' })
}

const wonStage = statement<{ id: string }, { id: StageId }>((db) =>
  db.execute<{ id: StageId }>(sql`
    select s.id from ${opportunities} o
    join ${pipelineStages} s on s.tenant_id = o.tenant_id and s.pipeline_id = o.pipeline_id
    where o.id = ${sql.placeholder('id')} and s.kind = 'won' and s.is_active and s.deleted_at is null
    order by s.position limit 1`),
)
