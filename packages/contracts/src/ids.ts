import { z } from 'zod'

/** Ids are UUIDs, branded per record so that an account's id is not a contact's. */
const id = <Brand extends string>() => z.uuid().brand<Brand>()

export const AccountId = id<'Account'>()
export type AccountId = z.infer<typeof AccountId>
export const ContactId = id<'Contact'>()
export type ContactId = z.infer<typeof ContactId>
export const ContactPointId = id<'ContactPoint'>()
export type ContactPointId = z.infer<typeof ContactPointId>
export const ContactAccountId = id<'ContactAccount'>()
export type ContactAccountId = z.infer<typeof ContactAccountId>
export const PipelineId = id<'Pipeline'>()
export type PipelineId = z.infer<typeof PipelineId>
export const StageId = id<'Stage'>()
export type StageId = z.infer<typeof StageId>
export const OpportunityId = id<'Opportunity'>()
export type OpportunityId = z.infer<typeof OpportunityId>
export const UserId = id<'User'>()
export type UserId = z.infer<typeof UserId>
export const TenantId = id<'Tenant'>()
export type TenantId = z.infer<typeof TenantId>
export const SessionId = id<'Session'>()
export type SessionId = z.infer<typeof SessionId>
export const RunId = id<'Run'>()
export type RunId = z.infer<typeof RunId>
export const SupportAccessId = id<'SupportAccess'>()
export type SupportAccessId = z.infer<typeof SupportAccessId>
