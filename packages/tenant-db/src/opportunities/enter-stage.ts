import type { Opportunity } from '@tenantry/contracts/opportunities'
import { TenantryError } from '@tenantry/errors'
import type { Fields } from '../records/diff.ts'
import type { EnteredStage } from './stage-place.ts'

/**
 * What changes when a card enters a stage. An open stage sets probability and forecast unless somebody has set them by
 * hand; a won or lost one always does, since a closed card has no odds. Throws RULE_VIOLATED for a loss without a reason.
 */
export function enterStage(
  card: Pick<Opportunity, 'probabilityOverridden' | 'outcome'> & { stageId: string | null },
  stage: EnteredStage,
  { now, lostReason }: { now: string; lostReason: string | null },
): Fields {
  if (card.stageId === stage.id) return {}
  const outcome = stage.kind === 'open' ? null : stage.kind
  if (outcome === 'lost' && lostReason === null) {
    throw new TenantryError('RULE_VIOLATED', { message: 'Say why it was lost.', data: { field: 'lostReason' } })
  }
  const keepsOwnOdds = card.probabilityOverridden && outcome === null && card.outcome === null
  return {
    pipelineId: stage.pipelineId,
    stageId: stage.id,
    stageEnteredAt: now,
    outcome,
    closedAt: outcome === null ? null : now,
    lostReason: outcome === 'lost' ? lostReason : null,
    ...(!keepsOwnOdds && {
      probability: stage.probability,
      probabilityOverridden: false,
      forecastCategory: stage.forecastCategory,
    }),
  }
}
