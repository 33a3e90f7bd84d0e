import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { AccountId, ContactId, LeadId, OpportunityId, PipelineId, StageId, UserId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { ForecastCategory, Probability, StageKind } from './pipelines.ts'
import { recordEnvelope } from './record.ts'
import { Currency, Instant, LocalDate, MinorUnits, Version, line, optionalLine, orNull } from './scalars.ts'

/** Whether the amount was set by hand or is the sum of the lines. */
export const AmountSource = z.enum(['manual', 'lines'])

const optional = {
  accountId: orNull(AccountId),
  contactId: orNull(ContactId),
  ownerId: orNull(UserId),
  expectedCloseOn: orNull(LocalDate),
  nextStep: optionalLine(200),
  eventType: optionalLine(80),
}

/** A new opportunity. Without a stage it enters the first open stage of the pipeline, without a pipeline the default one. */
export const OpportunityInput = z.strictObject({
  name: line(200),
  pipelineId: PipelineId.optional(),
  stageId: StageId.optional(),
  amountMinor: MinorUnits.default(0),
  currency: Currency,
  /** Whole percent; absent, or an empty field of a form, means that the stage decides. */
  probability: z.preprocess(
    (value: number | '' | null | undefined) => (value === '' || value === null ? undefined : value),
    Probability.optional(),
  ),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type OpportunityInput = z.infer<typeof OpportunityInput>

/** Stage and board place change through `move`, never through a patch. `probability: null` gives it back to the stage. */
export const OpportunityPatch = z.strictObject({
  name: line(200).optional(),
  amountMinor: MinorUnits.optional(),
  currency: Currency.optional(),
  probability: orNull(Probability).optional(),
  forecastCategory: ForecastCategory.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type OpportunityPatch = z.infer<typeof OpportunityPatch>
export const OpportunityPatchInput = z.strictObject({ id: OpportunityId, version: Version, patch: OpportunityPatch })

/**
 * To another stage, another place in the stage, or both. `afterId` is the card that will stand above; null means the top,
 * absent means the end of the stage. A lost stage needs a reason.
 */
export const OpportunityMove = z.strictObject({
  id: OpportunityId,
  version: Version,
  stageId: StageId,
  afterId: OpportunityId.nullable().optional(),
  lostReason: optionalLine(200).optional(),
})
export type OpportunityMove = z.infer<typeof OpportunityMove>

export const Opportunity = z.object({
  id: OpportunityId,
  name: z.string(),
  pipelineId: PipelineId,
  stageId: StageId,
  stageName: z.string(),
  stageKind: StageKind,
  accountId: AccountId.nullable(),
  accountName: z.string().nullable(),
  contactId: ContactId.nullable(),
  contactName: z.string().nullable(),
  /** The lead it came from. */
  leadId: LeadId.nullable(),
  ownerId: UserId.nullable(),
  ownerName: z.string().nullable(),
  amountMinor: MinorUnits,
  currency: z.string(),
  amountSource: AmountSource,
  probability: Probability,
  probabilityOverridden: z.boolean(),
  forecastCategory: ForecastCategory,
  expectedMinor: MinorUnits,
  expectedCloseOn: z.string().nullable(),
  closedAt: Instant.nullable(),
  outcome: z.enum(['won', 'lost']).nullable(),
  lostReason: z.string().nullable(),
  nextStep: z.string().nullable(),
  eventType: z.string().nullable(),
  boardRank: z.string(),
  stageEnteredAt: Instant,
  /** True when it has stood in its stage longer than the stage allows. */
  isRotting: z.boolean(),
  ...recordEnvelope,
})
export type Opportunity = z.infer<typeof Opportunity>

export const StageChange = z.object({
  id: z.string(),
  fromStageId: StageId.nullable(),
  fromStageName: z.string().nullable(),
  toStageId: StageId,
  toStageName: z.string(),
  changedAt: Instant,
  changedByName: z.string().nullable(),
  amountMinor: MinorUnits,
  probability: Probability,
  secondsInPrevious: z.int().nullable(),
})
export type StageChange = z.infer<typeof StageChange>

export const OpportunitySort = z.enum(['name', 'amount', 'expectedCloseOn', 'updatedAt', 'createdAt'])
export const OpportunityFilters = z.strictObject({
  custom: CustomFilter.optional(),
  pipelineId: PipelineId.optional(),
  stageId: z.array(StageId).max(30).optional(),
  accountId: AccountId.optional(),
  contactId: ContactId.optional(),
  ownerId: UserId.optional(),
  outcome: z.enum(['open', 'won', 'lost']).optional(),
  leadId: LeadId.optional(),
  eventType: z.string().max(80).optional(),
  forecastCategory: z.array(ForecastCategory).max(5).optional(),
  currency: Currency.optional(),
  ...spanOf('amount', MinorUnits),
  ...spanOf('closes', LocalDate),
  ...spanOf('closed', Instant),
  ...recordFilters,
})
export const OpportunityListQuery = z.object({
  ...listBase,
  sort: OpportunitySort.default('updatedAt'),
  filters: OpportunityFilters.default({}),
})
export type OpportunityListQuery = z.infer<typeof OpportunityListQuery>

/** A pipeline's board in one request: each stage's first cards by rank, with count and totals of the whole stage. */
export const OpportunityBoardQuery = z.object({
  pipelineId: PipelineId.optional(),
  search: z.string().trim().max(200).optional(),
  ownerId: UserId.optional(),
  limitPerStage: z.int().min(1).max(2000).default(200),
})
export type OpportunityBoardQuery = z.infer<typeof OpportunityBoardQuery>

export const OpportunityBoard = z.object({
  pipelineId: PipelineId,
  columns: z.array(
    z.object({
      stageId: StageId,
      name: z.string(),
      kind: StageKind,
      color: z.string().nullable(),
      probability: Probability,
      rotAfterDays: z.int().nullable(),
      count: z.int(),
      /** Sums per currency: amounts of different currencies are never added. */
      totals: z.array(z.object({ currency: z.string(), amountMinor: z.int(), expectedMinor: z.int() })),
      cards: z.array(Opportunity),
    }),
  ),
})
export type OpportunityBoard = z.infer<typeof OpportunityBoard>
