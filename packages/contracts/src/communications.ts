import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { CommunicationId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import { NamedLink, RecordLink, RecordLinks } from './record-links.ts'
import { Instant, Version, optionalLine, orNull, text } from './scalars.ts'

export const CommunicationChannel = z.enum(['email', 'sms', 'call', 'meeting', 'other'])
export const CommunicationDirection = z.enum(['inbound', 'outbound'])
export const CommunicationStatus = z.enum([
  'logged',
  'queued',
  'sent',
  'delivered',
  'opened',
  'bounced',
  'failed',
  'received',
])

const optional = {
  subject: optionalLine(500),
  bodyText: orNull(text(100_000)),
  durationSeconds: orNull(z.int().min(0).max(604_800)),
}

/** A message, a call or a meeting that is written down. What is sent by the system itself gets its status from the sending. */
export const CommunicationInput = z.strictObject({
  channel: CommunicationChannel,
  direction: CommunicationDirection,
  occurredAt: Instant,
  links: RecordLinks.default([]),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type CommunicationInput = z.infer<typeof CommunicationInput>

export const CommunicationPatch = z.strictObject({
  channel: CommunicationChannel.optional(),
  direction: CommunicationDirection.optional(),
  occurredAt: Instant.optional(),
  links: RecordLinks.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type CommunicationPatch = z.infer<typeof CommunicationPatch>
export const CommunicationPatchInput = z.strictObject({
  id: CommunicationId,
  version: Version,
  patch: CommunicationPatch,
})

export const Communication = z.object({
  id: CommunicationId,
  channel: CommunicationChannel,
  direction: CommunicationDirection,
  status: CommunicationStatus,
  subject: z.string().nullable(),
  bodyText: z.string().nullable(),
  threadKey: z.string().nullable(),
  occurredAt: Instant,
  durationSeconds: z.int().nullable(),
  links: z.array(NamedLink),
  ...recordEnvelope,
})
export type Communication = z.infer<typeof Communication>

export const CommunicationSort = z.enum(['occurredAt', 'name', 'updatedAt', 'createdAt'])
export const CommunicationListQuery = z.object({
  ...listBase,
  sort: CommunicationSort.default('occurredAt'),
  filters: z
    .strictObject({
      custom: CustomFilter.optional(),
      about: RecordLink.optional(),
      channel: z.array(CommunicationChannel).max(5).optional(),
      direction: CommunicationDirection.optional(),
      status: z.array(CommunicationStatus).max(8).optional(),
      threadKey: z.string().max(500).optional(),
      ...spanOf('occurred', Instant),
      ...recordFilters,
    })
    .default({}),
})
export type CommunicationListQuery = z.infer<typeof CommunicationListQuery>
