import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Allocation, Payment, RefundInput } from '@tenantry/contracts/payments'
import { sql } from 'drizzle-orm'
import { invoices } from '../invoices/table.ts'
import { paymentAllocations } from '../payment-allocations/table.ts'
import type { Acting } from '../records/acting.ts'
import { noteChange } from '../records/history.ts'
import { refuse, sumOf, takeBack } from './allocate.ts'
import { insertOnce, type PaymentRow } from './insert-once.ts'
import { lockOpenInvoices } from './open-amounts.ts'
import { payments } from './table.ts'
import { tellInvoices } from './tell-invoices.ts'
import { asBefore, lockPayment, noteRefund, readPayment, toldBy } from './write-payment.ts'

/** A refund that this provider carries out, where it has carried out the payment, begins as `pending` and is settled later. */
export type NewRefund = RefundInput & { provider?: string }

/**
 * Money that goes back, never more than came in and was not given back before. Throws NOT_FOUND, CONFLICT for another
 * refund with the same key, RULE_VIOLATED.
 */
export async function refundPayment(acting: Acting, input: NewRefund): Promise<Payment> {
  const { executor } = acting
  const { paymentId, amountMinor } = input
  const before = await lockPayment(executor, paymentId)
  const { accountId, currency, method } = before
  // Who is not asked has not given it back.
  const provider = before.provider === input.provider ? before.provider : null
  const row: PaymentRow = {
    ...toldBy(input),
    accountId,
    currency,
    amountMinor,
    method,
    provider,
    kind: 'refund',
    refundsPaymentId: paymentId,
    status: provider === null ? 'succeeded' : 'pending',
  }
  const refundId = await insertOnce(acting, row, [])
  if (refundId === undefined) return asBefore(acting, row, input.allocations && sumOf(input.allocations))
  if (before.kind !== 'payment' || before.status !== 'succeeded')
    refuse('Only a payment that came in is given back.', 'paymentId')
  if (amountMinor > before.amountMinor - before.refundedMinor)
    refuse('More than is left of the payment.', 'amountMinor')
  const standing = await standingOn(executor, paymentId)
  const allocations =
    input.allocations ?? fromNewest(standing, amountMinor - Math.min(amountMinor, before.unallocatedMinor))
  if (new Set(allocations.map(({ invoiceId }) => invoiceId)).size < allocations.length)
    refuse('The same invoice is listed twice.')
  if (sumOf(allocations) > BigInt(amountMinor)) refuse('More is taken from invoices than is given back.')
  if (BigInt(amountMinor) - sumOf(allocations) > BigInt(before.unallocatedMinor)) {
    refuse('Say from which invoices it is taken: not so much of the payment is free.')
  }
  for (const allocation of allocations) {
    const stands = standing.find(({ invoiceId }) => invoiceId === allocation.invoiceId)
    if (stands === undefined || allocation.amountMinor > stands.amountMinor)
      refuse('More than the payment paid of this invoice.')
  }
  const taken = await lockOpenInvoices(
    executor,
    allocations.map(({ invoiceId }) => invoiceId),
  )
  await takeBack(acting, refundId, allocations)
  if (row.status === 'succeeded') await tellInvoices(acting, taken, { kind: 'refund', allocations })
  if (allocations.length > 0) {
    const diff = { allocations: { from: [], to: allocations } }
    await noteChange(acting, { entity: 'payment', entityId: refundId, action: 'changed', diff })
  }
  await noteRefund(acting, before)
  return readPayment(executor, refundId)
}

function fromNewest(standing: readonly Allocation[], wanted: number): Allocation[] {
  const taken: Allocation[] = []
  let rest = wanted
  for (const { invoiceId, amountMinor } of standing) {
    const part = Math.min(amountMinor, rest)
    if (part > 0) taken.push({ invoiceId, amountMinor: part })
    rest -= part
  }
  return taken
}

/** What of a payment still stands on each invoice, the newest invoice first. */
async function standingOn(executor: Executor, paymentId: string): Promise<Allocation[]> {
  const rows = await executor.run(selectStanding, { paymentId })
  return rows.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor: Number(amountMinor) }))
}

type Standing = { invoiceId: Allocation['invoiceId']; amountMinor: string }
const selectStanding = statement<{ paymentId: string }, Standing>((db) =>
  db.execute<Standing>(sql`
    select a.invoice_id as "invoiceId", a.amount_minor - coalesce((
        select sum(b.amount_minor) from ${payments} r
        join ${paymentAllocations} b on b.tenant_id = r.tenant_id and b.payment_id = r.id and b.invoice_id = a.invoice_id
        where r.refunds_payment_id = a.payment_id and r.status in ('pending', 'succeeded')), 0) as "amountMinor"
    from ${paymentAllocations} a join ${invoices} i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
    where a.payment_id = ${sql.placeholder('paymentId')} order by i.issued_on desc, i.number desc`),
)
