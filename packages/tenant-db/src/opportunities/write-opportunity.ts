import type { LeadId, OpportunityId } from '@tenantry/contracts/ids'
import type {
  Opportunity,
  OpportunityInput,
  OpportunityMove,
  OpportunityPatch,
} from '@tenantry/contracts/opportunities'
import { TenantryError } from '@tenantry/errors'
import { v7 } from 'uuid'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, transactionTime, writeChange } from '../records/change-record.ts'
import type { Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { enterStage } from './enter-stage.ts'
import { opportunityRecord } from './record.ts'
import { findStage, lockFirstStage, lockStage, rankFor } from './stage-place.ts'

/** What an opportunity came from; nothing a form asks for. */
export interface OpportunityOrigin {
  leadId?: LeadId
}

/** At the end of the stage that was named, or of the first open one. RULE_VIOLATED when there is no such stage. */
export async function createOpportunity(
  acting: Acting,
  input: OpportunityInput,
  origin: OpportunityOrigin = {},
): Promise<Opportunity> {
  const { executor } = acting
  const { probability, ...fields } = input
  const [stage, now] = await inOneTrip([
    input.stageId ? lockStage(executor, input.stageId) : lockFirstStage(executor, input.pipelineId ?? null),
    transactionTime(executor),
  ])
  if (stage === undefined || (input.pipelineId !== undefined && stage.pipelineId !== input.pipelineId)) {
    throw new TenantryError('RULE_VIOLATED', { message: 'There is no such stage.', data: { field: 'stageId' } })
  }
  const isOverridden = probability !== undefined && stage.kind === 'open'
  const entered = enterStage({ stageId: null, outcome: null, probabilityOverridden: isOverridden }, stage, {
    now,
    lostReason: null,
  })
  const boardRank = await rankFor(executor, { stageId: stage.id, cardId: v7() })
  return createRecord(acting, opportunityRecord, {
    forecastCategory: stage.forecastCategory,
    ...fields,
    ...(isOverridden && { probability }),
    probabilityOverridden: isOverridden,
    ...entered,
    ...origin,
    boardRank,
  })
}

/** Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for the odds of a closed opportunity, which its stage decides. */
export async function patchOpportunity(
  acting: Acting,
  { patch, ...at }: { id: OpportunityId; version: number; patch: OpportunityPatch },
): Promise<Opportunity> {
  const before = await lockRecord(acting.executor, opportunityRecord, at)
  if (before.outcome !== null && (patch.probability !== undefined || patch.forecastCategory !== undefined)) {
    throw new TenantryError('RULE_VIOLATED', { message: 'A closed opportunity has the probability of its stage.' })
  }
  return writeChange(acting, opportunityRecord, before, await withOdds(acting, before, patch), { action: 'changed' })
}

/** To another stage, another place, or both. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED. */
export async function moveOpportunity(acting: Acting, move: OpportunityMove): Promise<Opportunity> {
  const { executor } = acting
  // In this order: everybody locks the stage before its cards.
  const [stage, before, now, boardRank] = await inOneTrip([
    lockStage(executor, move.stageId),
    lockRecord(executor, opportunityRecord, move),
    transactionTime(executor),
    rankFor(executor, { stageId: move.stageId, cardId: move.id, afterId: move.afterId }),
  ])
  if (stage === undefined) {
    throw new TenantryError('RULE_VIOLATED', { message: 'There is no such stage.', data: { field: 'stageId' } })
  }
  const entered = enterStage(before, stage, { now, lostReason: move.lostReason ?? null })
  return writeChange(acting, opportunityRecord, before, { ...entered, boardRank }, { action: 'moved' })
}

/** A probability set by hand stays through the stages; null gives it back to the stage. */
async function withOdds(
  { executor }: Acting,
  before: Opportunity,
  { probability, ...patch }: OpportunityPatch,
): Promise<Fields> {
  if (probability === undefined) return patch
  if (probability !== null) return { ...patch, probability, probabilityOverridden: true }
  const stage = found(await findStage(executor, before.stageId))
  return {
    forecastCategory: stage.forecastCategory,
    ...patch,
    probability: stage.probability,
    probabilityOverridden: false,
  }
}
