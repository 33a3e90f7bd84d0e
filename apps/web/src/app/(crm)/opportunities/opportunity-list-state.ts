import { AccountId, ContactId, PipelineId, StageId, UserId } from '@tenantry/contracts/ids'
import { OpportunitySort } from '@tenantry/contracts/opportunities'
import { LocalDate } from '@tenantry/contracts/scalars'
import { createLoader, parseAsArrayOf, parseAsStringLiteral, type inferParserType } from 'nuqs/server'
import { baseQuery, listParsers, parseAs, parseAsCustomFilter } from '../../../components/list/list-parsers.ts'

export const opportunityColumns = [
  'amount',
  'stage',
  'account',
  'contact',
  'closes',
  'probability',
  'expected',
  'forecast',
  'event',
  'nextStep',
  'owner',
  'createdAt',
  'updatedAt',
] as const

/** The address of the list of opportunities. */
export const opportunityListParsers = {
  ...listParsers({
    sorts: OpportunitySort.options,
    sort: 'updatedAt',
    order: 'desc',
    columns: opportunityColumns,
    shown: ['amount', 'stage', 'account', 'closes', 'owner'],
  }),
  outcome: parseAsStringLiteral(['open', 'won', 'lost'] as const),
  pipeline: parseAs(PipelineId),
  stage: parseAsArrayOf(parseAs(StageId)).withDefault([]),
  account: parseAs(AccountId),
  contact: parseAs(ContactId),
  owner: parseAs(UserId),
  from: parseAs(LocalDate),
  until: parseAs(LocalDate),
  custom: parseAsCustomFilter,
}
export const loadOpportunityList = createLoader(opportunityListParsers)
export type OpportunityListState = inferParserType<typeof opportunityListParsers>

export const noOpportunityFilters = {
  outcome: null,
  pipeline: null,
  stage: null,
  account: null,
  contact: null,
  owner: null,
  from: null,
  until: null,
  custom: null,
}

/** The same as the question to the API. */
export function opportunityListQuery(state: OpportunityListState) {
  return {
    ...baseQuery(state),
    filters: {
      outcome: state.outcome ?? undefined,
      pipelineId: state.pipeline ?? undefined,
      stageId: state.stage.length === 0 ? undefined : state.stage,
      accountId: state.account ?? undefined,
      contactId: state.contact ?? undefined,
      ownerId: state.owner ?? undefined,
      closesFrom: state.from ?? undefined,
      closesUntil: state.until ?? undefined,
      custom: state.custom ?? undefined,
    },
  }
}
