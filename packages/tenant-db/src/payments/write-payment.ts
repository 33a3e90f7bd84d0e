import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { AllocateInput, Allocation, Payment, PaymentInput, RefundInput } from '@tenantry/contracts/payments'
import { TenantryError } from '@tenantry/errors'
import { eq, sql } from 'drizzle-orm'
import type { Acting } from '../records/acting.ts'
import { found } from '../records/found.ts'
import { noteChange } from '../records/history.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import { explainRefusal } from '../records/refusal.ts'
import { allocate, refuse, sumOf } from './allocate.ts'
import { insertOnce, type PaymentRow } from './insert-once.ts'
import { lockOpenInvoices } from './open-amounts.ts'
import { selectPayments } from './rows.ts'
import { payments } from './table.ts'
import { tellInvoices } from './tell-invoices.ts'

/** A payment that a provider carries out begins as `pending` and is settled later. */
export type NewPayment = PaymentInput & { status?: 'pending' | 'succeeded'; provider?: string }

/** Throws NOT_FOUND. */
export async function readPayment(executor: Executor, id: string): Promise<Payment> {
  const [payment] = await executor.run(byId, { id })
  return found(payment)
}

/** The payment with this key, if there is one. */
export async function findPayment(executor: Executor, idempotencyKey: string): Promise<Payment | undefined> {
  const [payment] = await executor.run(byKey, { idempotencyKey })
  return payment
}

/**
 * Money that came in. The same input with the same key is written once and answered the same again. Throws CONFLICT for
 * another input with that key, RULE_VIOLATED for allocations that cannot be.
 */
export async function recordPayment(acting: Acting, input: NewPayment): Promise<Payment> {
  const { accountId, currency, amountMinor, allocations } = input
  const row: PaymentRow = {
    ...toldBy(input),
    accountId,
    currency,
    amountMinor,
    kind: 'payment',
    refundsPaymentId: null,
    status: input.status ?? 'succeeded',
    method: input.method,
    provider: input.provider ?? null,
  }
  const paymentId = await explained(insertOnce(acting, row, allocations))
  if (paymentId === undefined) return asBefore(acting, row, sumOf(allocations))
  const { status } = row
  await allocate(acting, { paymentId, accountId, currency, status, availableMinor: amountMinor, allocations })
  return readPayment(acting.executor, paymentId)
}

/** Allocates what is left of a payment. Throws NOT_FOUND, RULE_VIOLATED. */
export async function allocatePayment(acting: Acting, { paymentId, allocations }: AllocateInput): Promise<Payment> {
  const payment = await lockPayment(acting.executor, paymentId)
  if (payment.kind !== 'payment' || payment.status !== 'succeeded')
    refuse('Only a payment that came in is allocated.', 'paymentId')
  const { accountId, currency, status, unallocatedMinor: availableMinor } = payment
  await allocate(acting, { paymentId, accountId, currency, status, availableMinor, allocations })
  const allocated = await readPayment(acting.executor, paymentId)
  const diff = { allocations: { from: plain(payment.allocations), to: plain(allocated.allocations) } }
  await noteChange(acting, { entity: 'payment', entityId: paymentId, action: 'changed', diff })
  return allocated
}

/**
 * What became of a pending payment or refund; one that is settled stays as it is. Only one that was called off here may have
 * come in all the same, which its provider knows better.
 */
export async function settlePayment(
  acting: Acting,
  { id, status, providerRef }: { id: string; status: 'succeeded' | 'failed' | 'cancelled'; providerRef: string | null },
): Promise<Payment> {
  const { executor } = acting
  const payment = await lockPayment(executor, id)
  const isOpen = payment.status === 'pending' || (payment.status === 'cancelled' && status === 'succeeded')
  if (!isOpen) return payment
  const { kind, allocations, refundsPaymentId } = payment
  const refunded = refundsPaymentId === null ? undefined : await lockPayment(executor, refundsPaymentId)
  const paid =
    status === 'succeeded'
      ? await lockOpenInvoices(
          executor,
          allocations.map(({ invoiceId }) => invoiceId),
        )
      : []
  await explained(executor.run(settle, { id, status, providerRef }))
  const diff = { status: { from: payment.status, to: status } }
  await noteChange(acting, { entity: 'payment', entityId: id, action: 'changed', diff })
  await tellInvoices(acting, paid, { kind, allocations })
  if (refunded !== undefined) await noteRefund(acting, refunded)
  return readPayment(executor, id)
}

/** A line in the history of a payment of which more or less was given back than `before`. */
export async function noteRefund(acting: Acting, before: Payment): Promise<void> {
  const { id, refundedMinor } = await readPayment(acting.executor, before.id)
  if (refundedMinor === before.refundedMinor) return
  const diff = { refundedMinor: { from: before.refundedMinor, to: refundedMinor } }
  await noteChange(acting, { entity: 'payment', entityId: id, action: 'changed', diff })
}

/** As an input says them. */
function plain(allocations: Payment['allocations']): Allocation[] {
  return allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor }))
}

/** Throws NOT_FOUND, and FORBIDDEN for one that may be seen and not changed: what nobody holds is given out twice. */
export async function lockPayment(executor: Executor, id: string): Promise<Payment> {
  const [[locked], [row]] = await inOneTrip([executor.run(lock, { id }), executor.run(byId, { id })])
  const payment = found(row)
  if (locked === undefined) throw new TenantryError('FORBIDDEN')
  return payment
}

export function toldBy({ idempotencyKey, receivedAt, reference, note }: PaymentInput | RefundInput) {
  return { idempotencyKey, receivedAt: receivedAt ?? null, reference: reference ?? null, note: note ?? null }
}

/** The payment that has this key already, provided that it is the same. */
export async function asBefore({ executor }: Acting, row: PaymentRow, allocated: bigint | undefined): Promise<Payment> {
  const payment = found(await findPayment(executor, row.idempotencyKey))
  const { accountId, kind, refundsPaymentId, amountMinor, currency, method } = payment
  const isSame =
    accountId === row.accountId &&
    kind === row.kind &&
    refundsPaymentId === row.refundsPaymentId &&
    amountMinor === row.amountMinor &&
    currency === row.currency &&
    method === row.method &&
    // More may have been allocated since.
    (allocated === undefined || allocated <= sumOf(payment.allocations))
  if (!isSame)
    throw new TenantryError('CONFLICT', {
      message: 'Another payment has this key already.',
      data: { field: 'idempotencyKey' },
    })
  return payment
}

async function explained<T>(written: Promise<T>): Promise<T> {
  try {
    return await written
  } catch (error) {
    throw explainRefusal(error, {
      payments_account_fk: { field: 'accountId', message: 'There is no such company.' },
      payments_provider: { field: 'reference', message: 'Another payment of this provider has this reference.' },
      payments_currency_currencies_code_fk: { field: 'currency', message: 'This currency is not known.' },
    })
  }
}

const byId = statement<{ id: string }, Payment>((db) =>
  asRows<Payment>(selectPayments(db).where(eq(payments.id, sql.placeholder('id')))),
)
const byKey = statement<{ idempotencyKey: string }, Payment>((db) =>
  asRows<Payment>(selectPayments(db).where(eq(payments.idempotencyKey, sql.placeholder('idempotencyKey')))),
)
const lock = statement<{ id: string }, { locked: number }>((db) =>
  db
    .select({ locked: sql<number>`1` })
    .from(payments)
    .where(eq(payments.id, sql.placeholder('id')))
    .for('no key update'),
)

const settle = statement<Record<string, unknown>, never>((db) =>
  db.execute(sql`
    update ${payments} set status = ${sql.placeholder('status')}, provider_ref = ${sql.placeholder('providerRef')},
      received_at = now() where id = ${sql.placeholder('id')}`),
)
