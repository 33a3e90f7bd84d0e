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
export const LocationId = id<'Location'>()
export type LocationId = z.infer<typeof LocationId>
export const CatalogItemId = id<'CatalogItem'>()
export type CatalogItemId = z.infer<typeof CatalogItemId>
export const LeadId = id<'Lead'>()
export type LeadId = z.infer<typeof LeadId>
export const EventId = id<'Event'>()
export type EventId = z.infer<typeof EventId>
export const EventDateId = id<'EventDate'>()
export type EventDateId = z.infer<typeof EventDateId>
export const ResourceId = id<'Resource'>()
export type ResourceId = z.infer<typeof ResourceId>
export const BookingId = id<'Booking'>()
export type BookingId = z.infer<typeof BookingId>
export const TaskId = id<'Task'>()
export type TaskId = z.infer<typeof TaskId>
export const NoteId = id<'Note'>()
export type NoteId = z.infer<typeof NoteId>
export const CommunicationId = id<'Communication'>()
export type CommunicationId = z.infer<typeof CommunicationId>
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
