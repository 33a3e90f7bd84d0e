import { z } from 'zod'
import { AccountId, InvoiceId, PaymentId } from './ids.ts'
import { listBase, recordFilters, spanOf } from './pages.ts'
import { Currency, Instant, MinorUnits, line, optionalLine, orNull, text } from './scalars.ts'

export const PaymentKind = z.enum(['payment', 'refund'])
export const PaymentStatus = z.enum(['pending', 'succeeded', 'failed', 'cancelled'])
export type PaymentStatus = z.infer<typeof PaymentStatus>
export const PaymentMethod = z.enum(['cash', 'bank_transfer', 'card', 'check', 'other'])
export type PaymentMethod = z.infer<typeof PaymentMethod>

/** How much of a payment is for which invoice. */
export const Allocation = z.strictObject({ invoiceId: InvoiceId, amountMinor: MinorUnits.min(1) })
export type Allocation = z.infer<typeof Allocation>

/** The same request with the same key is carried out once, and answered the same again; use a new one for a new payment. */
const idempotencyKey = line(200)
const told = {
  receivedAt: orNull(Instant).optional(),
  reference: optionalLine(200).optional(),
  note: orNull(text(2_000)).optional(),
}

/** Money that came in. What is not allocated stays with the account. */
export const PaymentInput = z.strictObject({
  accountId: AccountId,
  amountMinor: MinorUnits.min(1),
  currency: Currency,
  method: PaymentMethod,
  idempotencyKey,
  allocations: z.array(Allocation).max(50).default([]),
  ...told,
})
export type PaymentInput = z.infer<typeof PaymentInput>

/** Money that goes back. Without allocations it comes from what is not allocated first, then from the newest invoices. */
export const RefundInput = z.strictObject({
  paymentId: PaymentId,
  amountMinor: MinorUnits.min(1),
  idempotencyKey,
  allocations: z.array(Allocation).max(50).optional(),
  ...told,
})
export type RefundInput = z.infer<typeof RefundInput>

/** Allocates what is left of a payment. */
export const AllocateInput = z.strictObject({
  paymentId: PaymentId,
  allocations: z.array(Allocation).min(1).max(50),
})
export type AllocateInput = z.infer<typeof AllocateInput>

/** What became of a payment or refund that is under way, where nobody else can say it. */
export const SettleInput = z.strictObject({
  paymentId: PaymentId,
  status: z.enum(['succeeded', 'failed']),
  /** What whoever carried it out calls it. */
  reference: optionalLine(200).optional(),
})
export type SettleInput = z.infer<typeof SettleInput>

/** Calls off a payment or refund that is under way and that nobody carries out. */
export const CancelInput = z.strictObject({ paymentId: PaymentId })
export type CancelInput = z.infer<typeof CancelInput>

export const Payment = z.object({
  id: PaymentId,
  accountId: AccountId,
  accountName: z.string(),
  kind: PaymentKind,
  refundsPaymentId: PaymentId.nullable(),
  status: PaymentStatus,
  amountMinor: MinorUnits,
  currency: z.string(),
  method: PaymentMethod,
  receivedAt: Instant,
  provider: z.string().nullable(),
  reference: z.string().nullable(),
  note: z.string().nullable(),
  /** Of a payment: what was given back, and what is neither allocated nor given back. Nothing of a refund. */
  refundedMinor: MinorUnits,
  unallocatedMinor: MinorUnits,
  allocations: z.array(
    z.object({ invoiceId: InvoiceId, invoiceNumber: z.string().nullable(), amountMinor: MinorUnits }),
  ),
  createdAt: Instant,
  createdByName: z.string().nullable(),
})
export type Payment = z.infer<typeof Payment>

export const PaymentSort = z.enum(['receivedAt', 'amount'])
export const PaymentFilters = z.strictObject({
  kind: PaymentKind.optional(),
  status: z.array(PaymentStatus).max(4).optional(),
  method: PaymentMethod.optional(),
  accountId: AccountId.optional(),
  invoiceId: InvoiceId.optional(),
  currency: Currency.optional(),
  refundsPaymentId: PaymentId.optional(),
  createdBy: recordFilters.createdBy,
  ...spanOf('received', Instant),
  ...spanOf('amount', MinorUnits),
  ...spanOf('created', Instant),
})
/** Payments are never archived or deleted, so a list shows all of them. */
export const PaymentListQuery = z.object({
  search: listBase.search,
  order: listBase.order,
  cursor: listBase.cursor,
  limit: listBase.limit,
  sort: PaymentSort.default('receivedAt'),
  filters: PaymentFilters.default({}),
})
export type PaymentListQuery = z.infer<typeof PaymentListQuery>
