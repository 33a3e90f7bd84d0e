import type { Instalment } from '@tenantry/contracts/invoices'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

const money = fc.integer({ min: 1, max: 300 })
/** Days from today; the days on which something changes come often. */
const days = fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -70, max: 70 }))
const history = fc.record({
  parts: fc.array(fc.record({ days, amount: money }), { maxLength: 5 }),
  /** Of an invoice without parts. */
  days,
  total: money,
  paid: fc.array(money, { maxLength: 3 }),
  credited: fc.option(money, { nil: 0 }),
  givenBack: fc.option(money, { nil: 0 }),
})
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never

inEveryPlacement((placement) => {
  test('what is overdue is what of the parts whose day has passed nobody has paid, the oldest part first', async () => {
    const { mine } = placement()
    const { id: accountId } = await mine.write((db) => db.accounts.create(accountInput()))
    const today = await mine.read.company.today()
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        const { stored, received } = await live(mine, accountId, today, given)
        expect(stored).toEqual(overdueOf(given, received))
      }),
      { numRuns: 25 },
    )
  })
})

/** What happens to one invoice; gives what was really received, since nobody pays more than is claimed. */
async function live(desk: Desk, accountId: string, today: string, given: History) {
  const schedule = given.parts.map(({ days: away, amount }, index): Instalment => {
    return { label: `Part ${index + 1}`, dueOn: dayFrom(today, away), amountMinor: amount }
  })
  const unitPriceMinor = totalOf(given)
  const input = invoiceInput({
    accountId,
    lines: [invoiceLine({ unitPriceMinor })],
    schedule,
    dueOn: dayFrom(today, given.days),
  })
  return desk.write(async (db) => {
    const { id, version } = await db.invoices.issue(await db.invoices.create(input))
    let received = 0
    let paymentId
    for (const amount of given.paid) {
      const amountMinor = Math.min(amount, unitPriceMinor - received)
      if (amountMinor === 0) continue
      const allocations = [{ invoiceId: id, amountMinor }]
      paymentId = (await db.payments.record(paymentInput({ accountId, amountMinor, allocations }))).id
      received += amountMinor
      if (given.givenBack > 0 && given.givenBack <= amountMinor) {
        await db.payments.refund({ paymentId, amountMinor: given.givenBack, idempotencyKey: paymentId })
        received -= given.givenBack
      }
    }
    const credited = Math.min(given.credited, unitPriceMinor)
    if (credited > 0) {
      const { lines } = invoiceInput({ accountId, lines: [invoiceLine({ unitPriceMinor: credited })] })
      await db.invoices.credit({ id, version, reason: 'A random history', lines })
    }
    const { overdueMinor, balanceMinor, state } = await db.invoices.byId(id)
    return { stored: { overdueMinor, balanceMinor, isOverdue: state === 'overdue' }, received: received + credited }
  })
}

/** As a person does it: money goes to the part that is oldest, until there is none left. */
function overdueOf(given: History, received: number) {
  const parts = given.parts.length > 0 ? given.parts : [{ days: given.days, amount: given.total }]
  let left = received
  let overdueMinor = 0
  for (const { days: away, amount } of parts.toSorted((a, b) => a.days - b.days)) {
    const paid = Math.min(left, amount)
    left -= paid
    if (away < 0) overdueMinor += amount - paid
  }
  return { overdueMinor, balanceMinor: totalOf(given) - received, isOverdue: overdueMinor > 0 }
}

function totalOf({ parts, total }: History): number {
  return parts.length > 0 ? parts.reduce((sum, { amount }) => sum + amount, 0) : total
}

function dayFrom(today: string, away: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + away * 86_400_000).toISOString().slice(0, 10)
}
