import { z } from 'zod'
import { AccountId, ContactId, LeadId, OpportunityId, PipelineId, StageId } from './ids.ts'
import { Lead } from './leads.ts'
import { Currency, TimeZone, Version, line } from './scalars.ts'

const fresh = { use: z.literal('new') }
const existing = <Id extends z.ZodType>(id: Id) => z.strictObject({ use: z.literal('existing'), id })

/**
 * What a lead becomes. A new record takes its fields from the lead, an existing one gets only what it lacks. Records that
 * look like the new ones are answered with CONFLICT and these candidates, until `allowDuplicates` says that they are others.
 */
export const LeadConversionInput = z.strictObject({
  id: LeadId,
  version: Version,
  account: z.discriminatedUnion('use', [z.strictObject(fresh), existing(AccountId)]).default({ use: 'new' }),
  contact: z.discriminatedUnion('use', [z.strictObject(fresh), existing(ContactId)]).default({ use: 'new' }),
  opportunity: z
    .discriminatedUnion('use', [
      z.strictObject({
        ...fresh,
        name: line(200).optional(),
        pipelineId: PipelineId.optional(),
        stageId: StageId.optional(),
        /** Needed where the lead has none. */
        currency: Currency.optional(),
      }),
      existing(OpportunityId),
      z.strictObject({ use: z.literal('none') }),
    ])
    .default({ use: 'new' }),
  /** What the day that the lead wants means. */
  timeZone: TimeZone,
  allowDuplicates: z.boolean().default(false),
})
export type LeadConversionInput = z.infer<typeof LeadConversionInput>

export const LeadConversion = z.object({
  /** Read-only from now on. */
  lead: Lead,
  accountId: AccountId,
  contactId: ContactId,
  opportunityId: OpportunityId.nullable(),
})
export type LeadConversion = z.infer<typeof LeadConversion>
