import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { ChosenLines, documentTotals, linesOf, QuoteLine, QuoteLineInput } from './document-lines.ts'
import { AccountId, ContactId, EventId, OpportunityId, QuoteId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import {
  Currency,
  Instant,
  LocalDate,
  RatePpm,
  SignedMinorUnits,
  Version,
  line,
  optionalLine,
  orNull,
  text,
} from './scalars.ts'

export const QuoteStatus = z.enum([
  'draft',
  'sent',
  'viewed',
  'accepted',
  'declined',
  'superseded',
  'converted',
  'withdrawn',
])
export type QuoteStatus = z.infer<typeof QuoteStatus>

const optional = {
  title: optionalLine(200),
  contactId: orNull(ContactId),
  opportunityId: orNull(OpportunityId),
  validUntil: orNull(LocalDate),
  terms: orNull(text(20_000)),
}
/** Parts per million of the total that is due when the contract is signed. */
const depositPpm = RatePpm
/** Days before the event on which the rest is due. */
const balanceDueDays = z.int().min(0).max(365)
/** Into how many monthly parts the rest is split, the last of which is due on that day. */
const instalments = z.int().min(1).max(24)

/** A new quote; it gets the next number. */
export const QuoteInput = z.strictObject({
  accountId: AccountId,
  currency: Currency,
  depositPpm: depositPpm.default(0),
  balanceDueDays: balanceDueDays.default(14),
  instalments: instalments.default(1),
  lines: linesOf(QuoteLineInput).default([]),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type QuoteInput = z.infer<typeof QuoteInput>

/** Only a draft can be changed. `lines` replaces the list. */
export const QuotePatch = z.strictObject({
  accountId: AccountId.optional(),
  currency: Currency.optional(),
  depositPpm: depositPpm.optional(),
  balanceDueDays: balanceDueDays.optional(),
  instalments: instalments.optional(),
  lines: linesOf(QuoteLineInput).optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type QuotePatch = z.infer<typeof QuotePatch>
export const QuotePatchInput = z.strictObject({ id: QuoteId, version: Version, patch: QuotePatch })

/** A quote as a list shows it. */
export const QuoteListed = z.object({
  id: QuoteId,
  number: z.string(),
  revision: z.int(),
  /** The first revision; null for the first itself. */
  rootQuoteId: QuoteId.nullable(),
  status: QuoteStatus,
  /** True for one that was sent and can no longer be accepted, because its day is over where the company is. */
  isExpired: z.boolean(),
  title: z.string().nullable(),
  accountId: AccountId,
  accountName: z.string(),
  contactId: ContactId.nullable(),
  contactName: z.string().nullable(),
  opportunityId: OpportunityId.nullable(),
  opportunityName: z.string().nullable(),
  eventId: z.uuid().nullable(),
  issuedOn: z.string().nullable(),
  validUntil: z.string().nullable(),
  currency: z.string(),
  ...documentTotals,
  sentAt: Instant.nullable(),
  viewedAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  acceptedName: z.string().nullable(),
  declinedAt: Instant.nullable(),
  declineReason: z.string().nullable(),
  withdrawnAt: Instant.nullable(),
  /** For the company itself; customers only see that it was withdrawn. */
  withdrawalReason: z.string().nullable(),
  ...recordEnvelope,
})
export type QuoteListed = z.infer<typeof QuoteListed>

export const Quote = QuoteListed.extend({
  terms: z.string().nullable(),
  depositPpm: RatePpm,
  balanceDueDays: z.int(),
  instalments: z.int(),
  lines: z.array(QuoteLine),
})
export type Quote = z.infer<typeof Quote>

export const QuoteSort = z.enum(['number', 'total', 'validUntil', 'updatedAt', 'createdAt'])
export const QuoteFilters = z.strictObject({
  custom: CustomFilter.optional(),
  status: z.array(QuoteStatus).max(8).optional(),
  accountId: AccountId.optional(),
  opportunityId: OpportunityId.optional(),
  currency: Currency.optional(),
  contactId: ContactId.optional(),
  eventId: EventId.optional(),
  /** The first of a quote's revisions. */
  rootQuoteId: QuoteId.optional(),
  ...spanOf('issued', LocalDate),
  ...spanOf('valid', LocalDate),
  ...spanOf('total', SignedMinorUnits),
  ...recordFilters,
})
export const QuoteListQuery = z.object({
  ...listBase,
  sort: QuoteSort.default('updatedAt'),
  filters: QuoteFilters.default({}),
})
export type QuoteListQuery = z.infer<typeof QuoteListQuery>

/** Who accepts in the customer's name. */
export const QuoteAcceptance = z.strictObject({
  id: QuoteId,
  version: Version,
  name: line(200),
  chosen: ChosenLines.optional(),
})
export type QuoteAcceptance = z.infer<typeof QuoteAcceptance>
export const QuoteDecline = z.strictObject({ id: QuoteId, version: Version, reason: optionalLine(500).optional() })
export type QuoteDecline = z.infer<typeof QuoteDecline>
/** Why the company takes an acceptance back. */
export const QuoteWithdrawal = z.strictObject({ id: QuoteId, version: Version, reason: line(500) })
export type QuoteWithdrawal = z.infer<typeof QuoteWithdrawal>
