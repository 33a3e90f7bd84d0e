import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { EventDateId, EventId, LocationId, OpportunityId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import {
  Email,
  Instant,
  LocalDate,
  LocalTime,
  PhoneE164,
  TimeZone,
  Version,
  optionalLine,
  orNull,
  text,
} from './scalars.ts'

export const EventDateStatus = z.enum(['scheduled', 'cancelled', 'completed'])
const minutes = z.int().min(0).max(2880)

const optional = {
  locationId: orNull(LocationId),
  label: optionalLine(200),
  onsiteName: optionalLine(200),
  onsitePhone: orNull(PhoneE164),
  onsiteEmail: orNull(Email),
  notes: orNull(text(10_000)),
}

/**
 * A day of an event, or of an opportunity that has no event yet: exactly one of the two. Local date, local times and the
 * zone are the truth; what they are as instants follows, also on nights when clocks change.
 */
export const EventDateInput = z.strictObject({
  eventId: orNull(EventId).optional(),
  opportunityId: orNull(OpportunityId).optional(),
  localDate: LocalDate,
  startTime: LocalTime,
  endTime: LocalTime,
  endsNextDay: z.boolean().default(false),
  setupMinutes: minutes.default(0),
  teardownMinutes: minutes.default(0),
  timeZone: TimeZone,
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type EventDateInput = z.infer<typeof EventDateInput>

/** A date that resources are booked for moves with its bookings, or not at all when one of them would clash. */
export const EventDatePatch = z.strictObject({
  localDate: LocalDate.optional(),
  startTime: LocalTime.optional(),
  endTime: LocalTime.optional(),
  endsNextDay: z.boolean().optional(),
  setupMinutes: minutes.optional(),
  teardownMinutes: minutes.optional(),
  timeZone: TimeZone.optional(),
  status: EventDateStatus.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type EventDatePatch = z.infer<typeof EventDatePatch>
export const EventDatePatchInput = z.strictObject({ id: EventDateId, version: Version, patch: EventDatePatch })

export const EventDate = z.object({
  id: EventDateId,
  eventId: EventId.nullable(),
  eventTitle: z.string().nullable(),
  opportunityId: OpportunityId.nullable(),
  locationId: LocationId.nullable(),
  locationName: z.string().nullable(),
  label: z.string().nullable(),
  localDate: z.string(),
  startTime: z.string(),
  endTime: z.string(),
  endsNextDay: z.boolean(),
  setupMinutes: z.int(),
  teardownMinutes: z.int(),
  timeZone: z.string(),
  /** Computed from the local date and times in the zone. */
  startsAt: Instant,
  endsAt: Instant,
  status: EventDateStatus,
  onsiteName: z.string().nullable(),
  onsitePhone: z.string().nullable(),
  onsiteEmail: z.string().nullable(),
  notes: z.string().nullable(),
  ...recordEnvelope,
})
export type EventDate = z.infer<typeof EventDate>

export const EventDateSort = z.enum(['startsAt', 'name', 'updatedAt', 'createdAt'])
export const EventDateListQuery = z.object({
  ...listBase,
  sort: EventDateSort.default('startsAt'),
  filters: z
    .strictObject({
      custom: CustomFilter.optional(),
      eventId: EventId.optional(),
      opportunityId: OpportunityId.optional(),
      locationId: LocationId.optional(),
      status: z.array(EventDateStatus).max(3).optional(),
      ...spanOf('starts', Instant),
      ...recordFilters,
    })
    .default({}),
})
export type EventDateListQuery = z.infer<typeof EventDateListQuery>
