import { z } from 'zod'
import { bulkRefs } from './bulk.ts'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { BookingId, EventDateId, EventId, ResourceId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { Cursor, listBase, PageSize, recordFilters } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { Instant, Version, line, optionalLine, orNull, text } from './scalars.ts'

export const ResourceKind = z.enum(['equipment', 'staff', 'space', 'vehicle'])
const minutes = z.int().min(0).max(2880)
const members = z.array(ResourceId).max(100)
const optional = { serialNumber: optionalLine(100), description: orNull(text(5_000)) }

/** What can be booked. One with members is a combo: booking it books every member. */
export const ResourceInput = z.strictObject({
  name: line(200),
  kind: ResourceKind,
  isActive: z.boolean().default(true),
  bufferBeforeMinutes: minutes.default(0),
  bufferAfterMinutes: minutes.default(0),
  memberIds: members.default([]),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type ResourceInput = z.infer<typeof ResourceInput>

/** `memberIds` is replaced as a whole; bookings that stand already keep what they have booked. */
export const ResourcePatch = z.strictObject({
  name: line(200).optional(),
  kind: ResourceKind.optional(),
  isActive: z.boolean().optional(),
  bufferBeforeMinutes: minutes.optional(),
  bufferAfterMinutes: minutes.optional(),
  memberIds: members.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type ResourcePatch = z.infer<typeof ResourcePatch>
export const ResourcePatchInput = z.strictObject({ id: ResourceId, version: Version, patch: ResourcePatch })

export const Resource = z.object({
  id: ResourceId,
  name: z.string(),
  kind: ResourceKind,
  serialNumber: z.string().nullable(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  bufferBeforeMinutes: z.int(),
  bufferAfterMinutes: z.int(),
  memberIds: z.array(ResourceId),
  ...recordEnvelope,
})
export type Resource = z.infer<typeof Resource>

export const ResourceSort = z.enum(['name', 'updatedAt', 'createdAt'])
export const ResourceListQuery = z.object({
  ...listBase,
  sort: ResourceSort.default('name'),
  filters: z
    .strictObject({
      custom: CustomFilter.optional(),
      kind: z.array(ResourceKind).max(4).optional(),
      isActive: z.boolean().optional(),
      ...recordFilters,
    })
    .default({}),
})
export type ResourceListQuery = z.infer<typeof ResourceListQuery>

export const BookingState = z.enum(['hold', 'confirmed', 'released'])
export type BookingState = z.infer<typeof BookingState>

/** Confirms although others hold the resource before; without it that is a CONFLICT. */
const jumpQueue = z.boolean().default(false)

/** A hold queues behind the holds that are there; a confirmation needs the slot to itself. */
export const BookingInput = z.strictObject({
  resourceId: ResourceId,
  eventDateId: EventDateId,
  state: BookingState.exclude(['released']).default('hold'),
  /** Until when a hold stands. */
  holdExpiresAt: Instant.optional(),
  jumpQueue,
})
export type BookingInput = z.infer<typeof BookingInput>

export const BookingConfirmInput = z.strictObject({ id: BookingId, jumpQueue })

/** Time in which a resource cannot be booked, such as a repair. */
export const BlackoutInput = z.strictObject({
  resourceId: ResourceId,
  from: Instant,
  until: Instant,
  reason: line(200),
})
export type BlackoutInput = z.infer<typeof BlackoutInput>

export const Booking = z.object({
  id: BookingId,
  resourceId: ResourceId,
  resourceName: z.string(),
  eventDateId: EventDateId.nullable(),
  eventId: EventId.nullable(),
  eventTitle: z.string().nullable(),
  state: BookingState,
  /** 1 is the first option; only holds have a rank. */
  holdRank: z.int().nullable(),
  holdExpiresAt: Instant.nullable(),
  reason: z.string().nullable(),
  /** Set-up, tear-down and the buffers of the resource included. */
  blockedFrom: Instant,
  blockedUntil: Instant,
})
export type Booking = z.infer<typeof Booking>

/** Until when a hold stands; null is until somebody releases it. */
const BookingPatch = z.strictObject({ holdExpiresAt: orNull(Instant) })
export const BookingPatchInput = z.strictObject({ id: BookingId, patch: BookingPatch })
export type BookingPatchInput = z.infer<typeof BookingPatchInput>

/** The same is done to each; of two that want one slot the older one has its turn first. */
export const BookingBulkPatchInput = z.strictObject({ rows: bulkRefs(BookingId), patch: BookingPatch })
export const BookingBulkConfirmInput = z.strictObject({ rows: bulkRefs(BookingId), jumpQueue })
export const BookingBulkReleaseInput = z.strictObject({ rows: bulkRefs(BookingId) })

/** Bookings that touch a span of time, of all resources or of one, or those of one date. Released ones are left out. */
export const BookingCountQuery = z.object({
  from: Instant,
  until: Instant,
  resourceId: ResourceId.optional(),
  eventDateId: EventDateId.optional(),
})
export type BookingCountQuery = z.infer<typeof BookingCountQuery>

/** In the order in which they begin. */
export const BookingListQuery = BookingCountQuery.extend({ cursor: Cursor.nullish(), limit: PageSize.default(50) })
export type BookingListQuery = z.infer<typeof BookingListQuery>
