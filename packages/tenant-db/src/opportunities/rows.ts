import type { LeasedDrizzle } from '@tenantry/connections/database'
import { sql } from 'drizzle-orm'
import { accounts } from '../accounts/table.ts'
import { contacts } from '../contacts/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { pipelineStages } from '../pipeline-stages/table.ts'
import { envelopeOf, isOwner, sameRow } from '../records/record-table.ts'
import { opportunities } from './table.ts'

/** Opportunities with the names of what they refer to, up to WHERE. */
export function selectOpportunities(db: LeasedDrizzle) {
  return db
    .select(columns)
    .from(opportunities)
    .innerJoin(pipelineStages, sameRow(pipelineStages, pipelineStages.id, opportunities.stageId))
    .leftJoin(accounts, sameRow(accounts, accounts.id, opportunities.accountId))
    .leftJoin(contacts, sameRow(contacts, contacts.id, opportunities.contactId))
    .leftJoin(memberRefs, isOwner(opportunities.ownerId))
}

const columns = {
  id: opportunities.id,
  name: opportunities.name,
  pipelineId: opportunities.pipelineId,
  stageId: opportunities.stageId,
  stageName: pipelineStages.name,
  stageKind: pipelineStages.kind,
  accountId: opportunities.accountId,
  accountName: accounts.name,
  contactId: opportunities.contactId,
  contactName: contacts.displayName,
  leadId: opportunities.leadId,
  ownerId: opportunities.ownerId,
  ownerName: memberRefs.displayName,
  amountMinor: opportunities.amountMinor,
  currency: opportunities.currency,
  amountSource: opportunities.amountSource,
  probability: opportunities.probability,
  probabilityOverridden: opportunities.probabilityOverridden,
  forecastCategory: opportunities.forecastCategory,
  expectedMinor: opportunities.expectedMinor,
  expectedCloseOn: opportunities.expectedCloseOn,
  closedAt: opportunities.closedAt,
  outcome: opportunities.outcome,
  lostReason: opportunities.lostReason,
  nextStep: opportunities.nextStep,
  eventType: opportunities.eventType,
  boardRank: opportunities.boardRank,
  stageEnteredAt: opportunities.stageEnteredAt,
  isRotting: sql<boolean>`coalesce(${opportunities.outcome} is null
    and ${opportunities.stageEnteredAt} < now() - make_interval(days => ${pipelineStages.rotAfterDays}), false)`,
  ...envelopeOf(opportunities),
}
