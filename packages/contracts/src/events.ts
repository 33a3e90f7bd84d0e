import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { AccountId, ContactId, EventId, LocationId, OpportunityId, UserId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { Instant, TimeZone, Version, line, optionalLine, orNull, text } from './scalars.ts'

export const EventStatus = z.enum([
  'prospect',
  'tentative',
  'confirmed',
  'in_progress',
  'completed',
  'cancelled',
  'postponed',
])
export type EventStatus = z.infer<typeof EventStatus>

/** Which status may follow which. A completed event stays completed. */
export const nextEventStatuses: Record<EventStatus, readonly EventStatus[]> = {
  prospect: ['tentative', 'confirmed', 'cancelled'],
  tentative: ['prospect', 'confirmed', 'cancelled', 'postponed'],
  confirmed: ['in_progress', 'completed', 'cancelled', 'postponed'],
  in_progress: ['completed', 'cancelled'],
  completed: [],
  cancelled: ['prospect'],
  postponed: ['prospect', 'tentative', 'confirmed', 'cancelled'],
}

const guests = z.int().min(0).max(1_000_000)

const optional = {
  contactId: orNull(ContactId),
  plannerContactId: orNull(ContactId),
  opportunityId: orNull(OpportunityId),
  ownerId: orNull(UserId),
  guestCount: orNull(guests),
  theme: optionalLine(200),
  description: orNull(text(20_000)),
}

/** A new event is a prospect: it blocks nothing. Its dates and bookings are records of their own. */
export const EventInput = z.strictObject({
  title: line(200),
  eventType: line(80),
  accountId: AccountId,
  timeZone: TimeZone,
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type EventInput = z.infer<typeof EventInput>

/** The status changes through `setStatus`, never through a patch. */
export const EventPatch = z.strictObject({
  title: line(200).optional(),
  eventType: line(80).optional(),
  accountId: AccountId.optional(),
  timeZone: TimeZone.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type EventPatch = z.infer<typeof EventPatch>
export const EventPatchInput = z.strictObject({ id: EventId, version: Version, patch: EventPatch })

/** `tentative` may say until when its holds stand; `cancelled` says why. */
export const EventStatusInput = z.strictObject({
  id: EventId,
  version: Version,
  status: EventStatus,
  holdExpiresAt: Instant.optional(),
  reason: optionalLine(200).optional(),
})
export type EventStatusInput = z.infer<typeof EventStatusInput>

export const Event = z.object({
  id: EventId,
  title: z.string(),
  eventType: z.string(),
  accountId: AccountId,
  accountName: z.string(),
  contactId: ContactId.nullable(),
  contactName: z.string().nullable(),
  plannerContactId: ContactId.nullable(),
  opportunityId: OpportunityId.nullable(),
  ownerId: UserId.nullable(),
  ownerName: z.string().nullable(),
  status: EventStatus,
  holdExpiresAt: Instant.nullable(),
  cancelledReason: z.string().nullable(),
  guestCount: z.int().nullable(),
  timeZone: z.string(),
  /** Over its dates that are not cancelled. */
  firstStartsAt: Instant.nullable(),
  lastEndsAt: Instant.nullable(),
  theme: z.string().nullable(),
  description: z.string().nullable(),
  ...recordEnvelope,
})
export type Event = z.infer<typeof Event>

export const EventSort = z.enum(['startsAt', 'name', 'updatedAt', 'createdAt'])
export const EventFilters = z.strictObject({
  custom: CustomFilter.optional(),
  status: z.array(EventStatus).max(7).optional(),
  accountId: AccountId.optional(),
  contactId: ContactId.optional(),
  opportunityId: OpportunityId.optional(),
  ownerId: UserId.optional(),
  eventType: z.string().max(80).optional(),
  plannerContactId: ContactId.optional(),
  /** Where one of its dates is. */
  locationId: LocationId.optional(),
  ...spanOf('starts', Instant),
  ...spanOf('holdExpires', Instant),
  ...spanOf('guests', guests),
  ...recordFilters,
})
export const EventListQuery = z.object({
  ...listBase,
  sort: EventSort.default('startsAt'),
  filters: EventFilters.default({}),
})
export type EventListQuery = z.infer<typeof EventListQuery>
