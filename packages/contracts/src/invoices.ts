import { z } from 'zod'
import { CustomFilter, CustomInput } from './custom-values.ts'
import { documentTotals, InvoiceLine, InvoiceLineInput, linesOf } from './document-lines.ts'
import { AccountId, ContactId, EventId, InvoiceId, QuoteId } from './ids.ts'
import { optionalFields } from './optional-fields.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { recordEnvelope } from './record.ts'
import {
  Currency,
  Instant,
  LocalDate,
  MinorUnits,
  SignedMinorUnits,
  Version,
  line,
  optionalLine,
  orNull,
  text,
} from './scalars.ts'

export const InvoiceKind = z.enum(['invoice', 'deposit', 'credit_note'])
export const InvoiceStatus = z.enum(['draft', 'issued', 'void', 'written_off'])
export type InvoiceStatus = z.infer<typeof InvoiceStatus>
/** What an invoice comes to with its payments, credit notes and the day it is; a credit note is `issued` and nothing more. */
export const InvoiceState = z.enum([
  'draft',
  'issued',
  'unpaid',
  'partially_paid',
  'overdue',
  'paid',
  'void',
  'written_off',
])
export type InvoiceState = z.infer<typeof InvoiceState>

/** One part of an invoice's total and the day it is due. */
export const Instalment = z.strictObject({ label: line(100), dueOn: LocalDate, amountMinor: MinorUnits.min(1) })
export type Instalment = z.infer<typeof Instalment>

const optional = {
  contactId: orNull(ContactId),
  poNumber: optionalLine(60),
  dueOn: orNull(LocalDate),
  notes: orNull(text(20_000)),
}
const schedule = z.array(Instalment).max(36)

/** A new draft. It gets its number when it is issued. */
export const InvoiceInput = z.strictObject({
  accountId: AccountId,
  currency: Currency,
  lines: linesOf(InvoiceLineInput).default([]),
  /** Empty, or parts that sum up to the total when the invoice is issued. */
  schedule: schedule.default([]),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type InvoiceInput = z.infer<typeof InvoiceInput>

/** Only a draft can be changed. `lines` and `schedule` replace the lists. */
export const InvoicePatch = z.strictObject({
  accountId: AccountId.optional(),
  currency: Currency.optional(),
  lines: linesOf(InvoiceLineInput).optional(),
  schedule: schedule.optional(),
  ...optionalFields(optional),
  custom: CustomInput.optional(),
})
export type InvoicePatch = z.infer<typeof InvoicePatch>
export const InvoicePatchInput = z.strictObject({ id: InvoiceId, version: Version, patch: InvoicePatch })

/** The customer's name and address as they were when the invoice was issued. */
export const BillTo = z.object({
  name: z.string(),
  line1: z.string().nullable(),
  line2: z.string().nullable(),
  city: z.string().nullable(),
  region: z.string().nullable(),
  postalCode: z.string().nullable(),
  country: z.string().nullable(),
  taxId: z.string().nullable(),
})
export type BillTo = z.infer<typeof BillTo>

export const InvoiceListed = z.object({
  id: InvoiceId,
  number: z.string().nullable(),
  kind: InvoiceKind,
  /** Of a credit note: the invoice it takes back, wholly or partly. */
  creditsInvoiceId: InvoiceId.nullable(),
  status: InvoiceStatus,
  state: InvoiceState,
  accountId: AccountId,
  accountName: z.string(),
  contactId: ContactId.nullable(),
  contactName: z.string().nullable(),
  eventId: z.uuid().nullable(),
  quoteId: QuoteId.nullable(),
  poNumber: z.string().nullable(),
  issuedOn: z.string().nullable(),
  dueOn: z.string().nullable(),
  currency: z.string(),
  ...documentTotals,
  /** Payments allocated to it, less what was given back. */
  paidMinor: SignedMinorUnits,
  /** Issued credit notes about it. */
  creditedMinor: SignedMinorUnits,
  /** What is still to pay; less than nothing when too much was paid. */
  balanceMinor: SignedMinorUnits,
  /** The part of it whose day is over where the company is. */
  overdueMinor: SignedMinorUnits,
  sentAt: Instant.nullable(),
  viewedAt: Instant.nullable(),
  closedReason: z.string().nullable(),
  ...recordEnvelope,
})
export type InvoiceListed = z.infer<typeof InvoiceListed>

export const Invoice = InvoiceListed.extend({
  billTo: BillTo.nullable(),
  notes: z.string().nullable(),
  lines: z.array(InvoiceLine),
  schedule: z.array(Instalment),
})
export type Invoice = z.infer<typeof Invoice>

export const InvoiceSort = z.enum(['number', 'total', 'dueOn', 'updatedAt', 'createdAt'])
export const InvoiceFilters = z.strictObject({
  custom: CustomFilter.optional(),
  kind: InvoiceKind.optional(),
  status: z.array(InvoiceStatus).max(4).optional(),
  state: z.array(InvoiceState).max(8).optional(),
  accountId: AccountId.optional(),
  quoteId: QuoteId.optional(),
  currency: Currency.optional(),
  contactId: ContactId.optional(),
  eventId: EventId.optional(),
  creditsInvoiceId: InvoiceId.optional(),
  ...spanOf('issued', LocalDate),
  ...spanOf('due', LocalDate),
  ...spanOf('total', SignedMinorUnits),
  ...recordFilters,
})
export const InvoiceListQuery = z.object({
  ...listBase,
  sort: InvoiceSort.default('updatedAt'),
  filters: InvoiceFilters.default({}),
})
export type InvoiceListQuery = z.infer<typeof InvoiceListQuery>

/** Closes an issued invoice: one that was a mistake is void, one that nobody will pay is written off. */
export const InvoiceClosing = z.strictObject({ id: InvoiceId, version: Version, reason: line(500) })
export type InvoiceClosing = z.infer<typeof InvoiceClosing>

/** A credit note about an issued invoice, issued at once. Without lines it takes back all that is not yet credited. */
export const CreditNoteInput = z.strictObject({
  id: InvoiceId,
  version: Version,
  reason: line(500),
  lines: linesOf(InvoiceLineInput).optional(),
})
export type CreditNoteInput = z.infer<typeof CreditNoteInput>
