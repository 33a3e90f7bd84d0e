import { statement } from '@tenantry/connections/statement'
import type { Allocation } from '@tenantry/contracts/payments'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { paymentAllocations } from '../payment-allocations/table.ts'
import type { Acting } from '../records/acting.ts'
import { lockOpenInvoices, type OpenInvoice } from './open-amounts.ts'
import { tellInvoices } from './tell-invoices.ts'

interface Allocated {
  paymentId: string
  accountId: string
  currency: string
  /** Of one that is under way the invoices hear when it has come in. */
  status: 'pending' | 'succeeded'
  /** What is left of the payment. */
  availableMinor: number
  allocations: readonly Allocation[]
}

/**
 * Says which invoices a payment is for. The invoices are locked first: of two payments at once the second sees what the
 * first left open. Throws RULE_VIOLATED for more than the payment has or an invoice still claims.
 */
export async function allocate(acting: Acting, payment: Allocated): Promise<void> {
  const { executor } = acting
  const { paymentId, availableMinor, allocations } = payment
  if (allocations.length === 0) return
  const ids = allocations.map(({ invoiceId }) => invoiceId)
  if (new Set<string>(ids).size < ids.length) refuse('The same invoice is listed twice.')
  if (sumOf(allocations) > BigInt(availableMinor)) refuse('More is allocated than the payment has.')
  const open = new Map((await lockOpenInvoices(executor, ids)).map((invoice) => [invoice.id, invoice]))
  for (const { invoiceId, amountMinor } of allocations) assertOpen(open.get(invoiceId), payment, amountMinor)
  await executor.run(insertAllocations, { paymentId, allocations: JSON.stringify(allocations) })
  if (payment.status === 'succeeded') await tellInvoices(acting, [...open.values()], { kind: 'payment', allocations })
}

/** Allocations of a refund: what was allocated goes back. Checked by whoever locked the payment. */
export async function takeBack(
  { executor }: Acting,
  refundId: string,
  allocations: readonly Allocation[],
): Promise<void> {
  if (allocations.length === 0) return
  await executor.run(insertAllocations, { paymentId: refundId, allocations: JSON.stringify(allocations) })
}

export function sumOf(allocations: readonly Allocation[]): bigint {
  return allocations.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
}

function assertOpen(
  invoice: OpenInvoice | undefined,
  { accountId, currency }: Allocated,
  amountMinor: number,
): asserts invoice is OpenInvoice {
  if (invoice === undefined) refuse('There is no such invoice.')
  if (invoice.status !== 'issued' || invoice.kind === 'credit_note') refuse('Only issued invoices are paid.')
  if (invoice.accountId !== accountId) refuse('The invoice is one of another company.')
  if (invoice.currency !== currency) refuse('The invoice is in another currency.')
  if (BigInt(amountMinor) > BigInt(invoice.openMinor)) refuse('More is allocated than the invoice still claims.')
}

export function refuse(message: string, field = 'allocations'): never {
  throw new TenantryError('RULE_VIOLATED', { message, data: { field } })
}

const insertAllocations = statement<{ paymentId: string; allocations: string }, never>((db) =>
  db.execute(sql`
    insert into ${paymentAllocations} as a (payment_id, invoice_id, amount_minor)
    select ${sql.placeholder('paymentId')}::uuid, given."invoiceId", given."amountMinor"
    from jsonb_to_recordset(${sql.placeholder('allocations')}::jsonb) as given("invoiceId" uuid, "amountMinor" bigint)
    on conflict (tenant_id, payment_id, invoice_id) do update set amount_minor = a.amount_minor + excluded.amount_minor`),
)
