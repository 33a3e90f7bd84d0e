import type { Allocation, Payment } from '@tenantry/contracts/payments'
import type { Acting } from '../records/acting.ts'
import { noteChange } from '../records/history.ts'
import { inOneTrip } from '../records/one-trip.ts'
import type { OpenInvoice } from './open-amounts.ts'

/**
 * A line in the history of each invoice that money came in for, or went back from: `paid` when nothing is left to pay. The
 * invoices are as they were before, and nobody else changes them meanwhile.
 */
export async function tellInvoices(
  acting: Acting,
  invoices: readonly OpenInvoice[],
  { kind, allocations }: { kind: Payment['kind']; allocations: readonly Allocation[] },
): Promise<void> {
  const amounts = new Map<string, number>(allocations.map(({ invoiceId, amountMinor }) => [invoiceId, amountMinor]))
  await inOneTrip(
    invoices.map(({ id, status, ...invoice }) => {
      const amount = BigInt(amounts.get(id) ?? 0) * (kind === 'refund' ? -1n : 1n)
      const [from, balance] = [BigInt(invoice.paidMinor), BigInt(invoice.balanceMinor)]
      const isPaid = status === 'issued' && balance > 0n && balance <= amount
      const diff = { paidMinor: { from: Number(from), to: Number(from + amount) } }
      return noteChange(acting, { entity: 'invoice', entityId: id, action: isPaid ? 'paid' : 'changed', diff })
    }),
  )
}
