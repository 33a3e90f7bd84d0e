import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { AllocateInput, Payment, PaymentInput, RefundInput } from '@tenantry/contracts/payments'
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
import { selectPayments } from './rows.ts'
import { payments } from './table.ts'

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
  const paymentId = await explained(insertOnce(acting, row))
  if (paymentId === undefined) return asBefore(acting, row, sumOf(allocations))
  await allocate(acting, { paymentId, accountId, currency, availableMinor: amountMinor, allocations })
  return readPayment(acting.executor, paymentId)
}

/** Allocates what is left of a payment. Throws NOT_FOUND, RULE_VIOLATED. */
export async function allocatePayment(acting: Acting, { paymentId, allocations }: AllocateInput): Promise<Payment> {
  const payment = await lockPayment(acting.executor, paymentId)
  if (payment.kind !== 'payment' || payment.status !== 'succeeded')
    refuse('Only a payment that came in is allocated.', 'paymentId')
  const { accountId, currency, unallocatedMinor: availableMinor } = payment
  await allocate(acting, { paymentId, accountId, currency, availableMinor, allocations })
  return readPayment(acting.executor, paymentId)
}

/** What the provider says became of a pending payment; one that is settled stays as it is. */
export async function settlePayment(
  acting: Acting,
  { id, status, providerRef }: { id: string; status: 'succeeded' | 'failed' | 'cancelled'; providerRef: string | null },
): Promise<Payment> {
  const payment = await lockPayment(acting.executor, id)
  if (payment.status !== 'pending') return payment
  await acting.executor.run(settle, { id, status, providerRef })
  const diff = { status: { from: payment.status, to: status } }
  await noteChange(acting, { entity: 'payment', entityId: id, action: 'changed', diff })
  return readPayment(acting.executor, id)
}

export async function lockPayment(executor: Executor, id: string): Promise<Payment> {
  const [, [payment]] = await inOneTrip([executor.run(lock, { id }), executor.run(byId, { id })])
  return found(payment)
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
