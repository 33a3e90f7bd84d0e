import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { atOnce } from './at-once.ts'
import type { Race } from './race.ts'

/** Invoices that everybody pays at the same time. */
const invoices = 5

/**
 * Every client pays one unit at a time on invoices that claim as much as all clients pay together, every payment by a key
 * that two clients use: half of all requests are repetitions.
 */
export const raceForPayments: Race = async (desk, { clients, payments: count }) => {
  const distinct = Math.ceil(clients / 2) * count
  const { accountId, ids } = await desk.write(async (db) => {
    const account = await db.accounts.create(accountInput())
    const made = []
    for (let index = 0; index < invoices; index++) {
      const lines = [invoiceLine({ unitPriceMinor: distinct })]
      const draft = await db.invoices.create(invoiceInput({ accountId: account.id, lines }))
      made.push((await db.invoices.issue(draft)).id)
    }
    return { accountId: account.id, ids: made }
  })
  const outcomes = await atOnce(
    Array.from({ length: clients }, (_, client) =>
      Array.from({ length: count }, (__, index) => {
        const invoiceId = ids[index % invoices] ?? ''
        const idempotencyKey = `${Math.floor(client / 2)} ${index}`
        const allocations = [{ invoiceId, amountMinor: 1 }]
        const input = paymentInput({ accountId, amountMinor: 1, idempotencyKey, allocations })
        return () => desk.write((db) => db.payments.record(input))
      }),
    ),
  )
  const [row] = await desk.admin<Record<string, number>>(`select
    (select count(*)::int from crm.payments) as payments,
    (select sum(amount_minor)::int from crm.payment_allocations) as allocated,
    (select sum(paid_minor)::int from crm.invoice_balances) as paid,
    (select sum(total_minor - balance_minor)::int from crm.invoice_balances) as settled`)
  const counted = { ...row }
  const violations = Object.entries(counted)
    .filter(([, found]) => found !== distinct)
    .map(([what, found]) => `${distinct} payments of one unit gave ${found} ${what}`)
  if (outcomes.succeeded !== clients * count) violations.push(`only ${outcomes.succeeded} requests were answered`)
  if (outcomes.untyped > 0) violations.push(`${outcomes.untyped} errors without a code`)
  const { attempts, succeeded, refused } = outcomes
  return { race: 'payments', clients, attempts, succeeded, refused, counted, violations }
}
