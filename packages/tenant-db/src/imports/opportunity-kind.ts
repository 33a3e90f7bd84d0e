import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { OpportunityImport, OpportunityImportPatch } from '@tenantry/contracts/opportunity-import'
import type { Opportunity } from '@tenantry/contracts/opportunities'
import { TenantryError } from '@tenantry/errors'
import { sql, type SQL } from 'drizzle-orm'
import { enterStage } from '../opportunities/enter-stage.ts'
import { assertSumOfLines, opportunityFieldNames, opportunityRecord } from '../opportunities/record.ts'
import { selectOpportunities } from '../opportunities/rows.ts'
import { recordStageChanges, type CardWrite } from '../opportunities/stage-history.ts'
import { opportunities } from '../opportunities/table.ts'
import { transactionTime } from '../records/change-record.ts'
import type { Fields } from '../records/diff.ts'
import { opportunityStageHistory } from '../stage-history/table.ts'
import { readClosingDays, type ClosingDays } from './closing-days.ts'
import { anyRecord, anyRows, live, withIds, type ImportedKind, type Prepared } from './imported-kind.ts'
import { lockStages, noSuchStage, type LockedStage, type LockedStages } from './locked-stages.ts'

export const opportunityKind: ImportedKind = {
  record: anyRecord(opportunityRecord),
  byIds: statement((db) => anyRows(selectOpportunities(db).where(withIds(opportunities)))),
  table: opportunities,
  columns: opportunityFieldNames,
  initial: { amountSource: 'manual', custom: {} },
  prepare,
  matches: { name: byNameAndAccount },
  parts: [opportunityStageHistory],
  // Writes of a kind are only ever given to that kind.
  writeParts: (acting, writes) => [recordStageChanges(acting, writes as CardWrite[])],
}

/**
 * Of one name there may be an opportunity every year, and of each customer: a key is the id of the company or `*`, and the
 * name. As an array, the names are looked up in their index however many opportunities there are.
 */
function byNameAndAccount(keys: SQL): SQL {
  return sql`select place.account || o.name as key, o.id from ${opportunities} o,
      lateral (values ('* '), (o.account_id::text || ' ')) as place(account)
    where o.name = any (array(select substr(k, strpos(k, ' ') + 1) from unnest(${keys}::text[]) k)) and o.${live}
      and place.account is not null`
}

async function prepare(executor: Executor, inputs: readonly object[]): Promise<Prepared> {
  // In this order: everybody locks the stage before its cards.
  const stages = await lockStages(executor)
  const said = inputs as readonly Said[]
  const [now, days] = await Promise.all([
    transactionTime(executor),
    readClosingDays(executor, [...new Set(said.flatMap(daysOf))]),
  ])
  const known = { stages, days, now }
  return {
    fieldsOf: (input, before) =>
      before === null
        ? newFields(known, input as OpportunityImport)
        : changedFields(known, input as OpportunityImportPatch, before as Opportunity),
    assertMayChange(before, changes) {
      assertSumOfLines(before as Opportunity, changes)
      const { stageId } = changes
      if (typeof stageId === 'string' && stages.byId(stageId) === undefined) throw stageIsGone()
    },
  }
}

type Said = Pick<OpportunityImportPatch, 'closedOn' | 'expectedCloseOn'>

function daysOf({ closedOn, expectedCloseOn }: Said): string[] {
  return [closedOn, expectedCloseOn].filter((day) => typeof day === 'string')
}

interface Known {
  stages: LockedStages
  days: ClosingDays
  /** When the transaction began. */
  now: string
}

/** As `createOpportunity` would, but for the day on which it was closed. */
function newFields(known: Known, input: OpportunityImport): Fields {
  const { stageId, pipelineId: _ofStage, closedOn, lostReason = null, probability, ...fields } = input
  const stage = known.stages.byId(stageId)
  if (stage === undefined) throw noSuchStage()
  const isOverridden = probability !== undefined && stage.kind === 'open'
  const card = { stageId: null, outcome: null, probabilityOverridden: isOverridden }
  return {
    forecastCategory: stage.forecastCategory,
    ...fields,
    ...(isOverridden && { probability }),
    probabilityOverridden: isOverridden,
    ...enterStage(card, stage, { now: enteredAt(known, stage, { ...fields, closedOn }), lostReason }),
    boardRank: known.stages.nextRank(stage.id),
  }
}

/** As a patch and a move in one. */
function changedFields(known: Known, patch: OpportunityImportPatch, before: Opportunity): Fields {
  const { stageId, pipelineId, outcome, closedOn, lostReason = null, probability, assumedCurrency, ...fields } = patch
  if (assumedCurrency !== undefined && assumedCurrency !== before.currency) throw otherCurrency(before.currency)
  const stage = known.stages.target(before, { stageId, pipelineId, outcome })
  const { kind } = stage === 'stay' ? { kind: before.stageKind } : stage
  // What is closed has the odds of its stage.
  const odds = probability === undefined || kind !== 'open' ? {} : { probability, probabilityOverridden: true }
  if (stage === 'stay') {
    const ending = before.outcome === null ? {} : endingAgain(known, before, { closedOn, lostReason })
    return { ...fields, ...odds, ...ending }
  }
  return {
    ...fields,
    ...enterStage(before, stage, { now: enteredAt(known, stage, { ...fields, closedOn }), lostReason }),
    ...odds,
    boardRank: known.stages.nextRank(stage.id),
  }
}

/** Now, or when it was closed: on the day that is said, or else on the one it was expected for, if that is over. */
function enteredAt({ days, now }: Known, stage: LockedStage, { closedOn, expectedCloseOn }: Said): string {
  if (stage.kind === 'open') return now
  const day = days.get(closedOn ?? expectedCloseOn ?? '')
  return day === undefined || day.isToCome ? now : day.at
}

/** What is closed already stays so: another day or reason is put right. */
function endingAgain(
  { days }: Known,
  { closedAt, outcome }: Opportunity,
  { closedOn, lostReason }: { closedOn: string | undefined; lostReason: string | null },
): Fields {
  const day = days.get(closedOn ?? '')
  const time = closedAt === null ? Number.NaN : Date.parse(closedAt)
  const isThatDay = day !== undefined && time >= Date.parse(day.from) && time < Date.parse(day.until)
  return {
    ...(day !== undefined && !isThatDay && { closedAt: day.at }),
    ...(outcome === 'lost' && lostReason !== null && { lostReason }),
  }
}

/** Removed since an import has moved the opportunity out of it, or put away with its pipeline. */
function stageIsGone(): TenantryError {
  const message = 'The stage that it was in is not there any more.'
  return new TenantryError('RULE_VIOLATED', { message, data: { field: 'stageId' } })
}

function otherCurrency(currency: string): TenantryError {
  const message = `This opportunity is in ${currency}: say in which currency the amount is.`
  return new TenantryError('RULE_VIOLATED', { message, data: { field: 'amountMinor' } })
}
