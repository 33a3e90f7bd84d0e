import type { InvoiceId, PaymentId } from '@tenantry/contracts/ids'
import { isTenantryError } from '@tenantry/errors'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Books, type Step } from './books.ts'
import type { Desk } from './desk.ts'
import type { Race } from './race.ts'

const part = fc.record({ invoice: fc.nat(9), amount: fc.integer({ min: 1, max: 60 }) })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('issue' as const), amount: fc.integer({ min: 1, max: 100 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      amount: fc.integer({ min: 1, max: 120 }),
      parts: fc.uniqueArray(part, { maxLength: 3, selector: ({ invoice }) => invoice }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      payment: fc.nat(9),
      amount: fc.integer({ min: 1, max: 80 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), invoice: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('writeOff' as const), invoice: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('credit' as const),
      invoice: fc.nat(9),
      amount: fc.integer({ min: 1, max: 60 }),
    }),
  },
)

/**
 * Random histories of one account, in the database and in books kept by hand: each step is allowed or refused by both, and
 * afterwards both say the same of every invoice and every payment. What differs is shown by the shortest history.
 */
export const historiesOfPayments: Race = async (desk, { histories }) => {
  const outcomes = { attempts: 0, succeeded: 0 }
  const compare = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (history) => {
    const { id: accountId } = await desk.write((db) => db.accounts.create(accountInput()))
    const books = new Books()
    const rows = { invoices: [] as InvoiceId[], payments: [] as PaymentId[] }
    for (const each of history) {
      const allowed = await takeStep(desk, { accountId, rows, step: each })
      if (allowed !== books.take(each)) return false
      outcomes.attempts++
      if (allowed) outcomes.succeeded++
    }
    return isDeepStrictEqual(await storedBooks(desk, rows), books.summary())
  })
  const { failed, counterexample } = await fc.check(compare, { numRuns: histories })
  const violations = failed ? [`books and database differ after ${JSON.stringify(counterexample)}`] : []
  const refused = { RULE_VIOLATED: outcomes.attempts - outcomes.succeeded }
  return { race: 'histories', clients: 1, ...outcomes, refused, counted: { histories }, violations }
}

interface Taking {
  accountId: string
  rows: { invoices: InvoiceId[]; payments: PaymentId[] }
  step: Step
}

async function takeStep(desk: Desk, taking: Taking): Promise<boolean> {
  try {
    return await tryStep(desk, taking)
  } catch (error) {
    if (isTenantryError(error, 'RULE_VIOLATED')) return false
    throw error
  }
}

/** False for a step that names nothing. */
function tryStep(desk: Desk, { accountId, rows, step: taken }: Taking): Promise<boolean> {
  return desk.write(async (db) => {
    switch (taken.do) {
      case 'issue': {
        const lines = [invoiceLine({ unitPriceMinor: taken.amount })]
        const { id } = await db.invoices.issue(await db.invoices.create(invoiceInput({ accountId, lines })))
        rows.invoices.push(id)
        return true
      }
      case 'pay': {
        const allocations = taken.parts.map(({ invoice, amount }) => ({
          invoiceId: rows.invoices[invoice] ?? randomUUID(),
          amountMinor: amount,
        }))
        const { id } = await db.payments.record(paymentInput({ accountId, amountMinor: taken.amount, allocations }))
        rows.payments.push(id)
        return true
      }
      case 'refund': {
        const paymentId = rows.payments[taken.payment]
        if (paymentId === undefined) return false
        const told = { amountMinor: taken.amount, idempotencyKey: randomUUID() }
        await db.payments.refund({ paymentId, ...told })
        return true
      }
      case 'void':
      case 'writeOff':
      case 'credit': {
        const id = rows.invoices[taken.invoice]
        if (id === undefined) return false
        const { version } = await db.invoices.byId(id)
        const at = { id, version, reason: 'A random history' }
        if (taken.do !== 'credit') await db.invoices[taken.do](at)
        else {
          const { lines } = invoiceInput({ accountId, lines: [invoiceLine({ unitPriceMinor: taken.amount })] })
          await db.invoices.credit({ ...at, lines })
        }
        return true
      }
    }
  })
}

function storedBooks(desk: Desk, rows: Taking['rows']) {
  return desk.write(async (db) => {
    const invoices = []
    for (const id of rows.invoices) {
      const { paidMinor, creditedMinor, balanceMinor, status } = await db.invoices.byId(id)
      invoices.push([status, paidMinor, creditedMinor, balanceMinor])
    }
    const payments = []
    for (const id of rows.payments) {
      const { refundedMinor, unallocatedMinor } = await db.payments.byId(id)
      payments.push([refundedMinor, unallocatedMinor])
    }
    return { invoices, payments }
  })
}
