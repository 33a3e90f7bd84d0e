import type { InvoiceId, PaymentId } from '@tenantry/contracts/ids'
import { isTenantryError } from '@tenantry/errors'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Books, type Part, type Step } from './books.ts'
import type { Desk } from './desk.ts'
import type { Race } from './race.ts'

/** Few, so that most steps name something. */
const index = fc.nat(3)
const part = fc.record({ invoice: index, amount: fc.integer({ min: 1, max: 60 }) })
const parts = (size: { minLength: number }) =>
  fc.uniqueArray(part, { ...size, maxLength: 3, selector: ({ invoice }) => invoice })
const line = fc.record({
  thousandths: fc.constantFrom(1_000, 333, 2_500, 7_000),
  price: fc.integer({ min: 2, max: 60 }),
  taxPpm: fc.constantFrom(0, 70_000, 190_000),
})
const money = (max: number) => fc.integer({ min: 1, max })
const doing = <const What extends string>(what: What) => fc.constant(what)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: doing('issue'), lines: fc.array(line, { minLength: 1, maxLength: 3 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('pay', 'pay', 'begin'),
      amount: money(120),
      parts: parts({ minLength: 0 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: doing('allocate'), payment: index, parts: parts({ minLength: 1 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: doing('settle'),
      payment: index,
      outcome: fc.constantFrom('succeeded', 'succeeded', 'failed', 'cancelled'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: doing('refund'),
      payment: index,
      amount: money(80),
      parts: fc.option(parts({ minLength: 0 }), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: doing('settleRefund'),
      refund: fc.nat(3),
      outcome: fc.constantFrom('succeeded', 'failed'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: doing('void'), invoice: index }) },
  { weight: 1, arbitrary: fc.record({ do: doing('writeOff'), invoice: index }) },
  { weight: 2, arbitrary: fc.record({ do: doing('credit'), invoice: index, amount: money(60) }) },
  { weight: 1, arbitrary: fc.record({ do: doing('voidCredit'), note: fc.nat(2) }) },
)

/**
 * Random histories of one account, in the database and in books kept by hand: each step is allowed or refused by both, and
 * afterwards both say the same of every invoice, payment and refund. What differs is shown by the shortest history.
 */
export const historiesOfPayments: Race = async (desk, { histories }) => {
  const outcomes = { attempts: 0, succeeded: 0 }
  const compare = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (history) => {
    const { id: accountId } = await desk.write((db) => db.accounts.create(accountInput()))
    const books = new Books()
    const rows: Rows = { invoices: [], payments: [], refunds: [], notes: [] }
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

/** Who carries out what begins as pending. */
const provider = 'test'

interface Rows {
  invoices: InvoiceId[]
  payments: PaymentId[]
  refunds: PaymentId[]
  notes: InvoiceId[]
}

interface Taking {
  accountId: string
  rows: Rows
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
  const asAllocations = (given: readonly Part[]) =>
    given.map(({ invoice, amount }) => ({
      invoiceId: rows.invoices[invoice] ?? (randomUUID() as string as InvoiceId),
      amountMinor: amount,
    }))
  return desk.write(async (db) => {
    switch (taken.do) {
      case 'issue': {
        const lines = taken.lines.map(({ thousandths, price: unitPriceMinor, taxPpm }) =>
          invoiceLine({ quantity: String(thousandths / 1_000), unitPriceMinor, taxPpm }),
        )
        const { id } = await db.invoices.issue(await db.invoices.create(invoiceInput({ accountId, lines })))
        rows.invoices.push(id)
        return true
      }
      case 'pay':
      case 'begin': {
        const input = paymentInput({ accountId, amountMinor: taken.amount, allocations: asAllocations(taken.parts) })
        const how = taken.do === 'begin' ? ({ status: 'pending', provider } as const) : {}
        const { id } = await db.payments.record({ ...input, ...how })
        rows.payments.push(id)
        return true
      }
      case 'allocate': {
        const paymentId = rows.payments[taken.payment]
        if (paymentId === undefined) return false
        await db.payments.allocate({ paymentId, allocations: asAllocations(taken.parts) })
        return true
      }
      case 'settle':
      case 'settleRefund': {
        const id = taken.do === 'settle' ? rows.payments[taken.payment] : rows.refunds[taken.refund]
        if (id === undefined) return false
        await db.payments.settle({ id, status: taken.outcome, providerRef: null })
        return true
      }
      case 'refund': {
        const paymentId = rows.payments[taken.payment]
        if (paymentId === undefined) return false
        const told = { amountMinor: taken.amount, idempotencyKey: randomUUID(), provider }
        const allocations = taken.parts && asAllocations(taken.parts)
        const { id } = await db.payments.refund({ paymentId, ...told, allocations })
        rows.refunds.push(id)
        return true
      }
      case 'voidCredit': {
        const id = rows.notes[taken.note]
        if (id === undefined) return false
        const { version } = await db.invoices.byId(id)
        await db.invoices.void({ id, version, reason: 'A random history' })
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
          const note = await db.invoices.credit({ ...at, lines })
          rows.notes.push(note.id)
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
      const { status, refundedMinor, unallocatedMinor } = await db.payments.byId(id)
      payments.push([status, refundedMinor, unallocatedMinor])
    }
    const refunds = []
    for (const id of rows.refunds) {
      const { status, amountMinor } = await db.payments.byId(id)
      refunds.push([status, amountMinor])
    }
    return { invoices, payments, refunds }
  })
}
