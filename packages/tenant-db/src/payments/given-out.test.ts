import { statement } from '@tenantry/connections/statement'
import type { Invoice } from '@tenantry/contracts/invoices'
import type { Payment } from '@tenantry/contracts/payments'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('what is on an invoice that a member does not see is not theirs to give out again, nor what went back unseen', async () => {
    const { mine } = placement()
    const colleague = await mine.limited((me) => ({ see: { invoice: [me] }, change: { invoice: [me] } }))
    const accountId = await makeAccount(mine)
    const hidden = await issue(mine, accountId, 8_000)
    const own = await issue(colleague, accountId, 9_000)
    const payment = await colleague.write((db) =>
      db.payments.record(paymentInput({ accountId, amountMinor: 10_000, allocations: [] })),
    )
    const given = { paymentId: payment.id, allocations: [{ invoiceId: hidden.id, amountMinor: 6_000 }] }
    await mine.write((db) => db.payments.allocate(given))
    await mine.write((db) => db.payments.refund({ ...refundOf(payment), amountMinor: 3_000 }))
    const seen = await colleague.read.payments.byId(payment.id)
    expect(seen).toMatchObject({ unallocatedMinor: 1_000, refundedMinor: 3_000, allocations: [] })
    const more = { paymentId: payment.id, allocations: [{ invoiceId: own.id, amountMinor: 1_001 }] }
    const attempts = [
      colleague.write((db) => db.payments.allocate(more)),
      colleague.write((db) => db.payments.refund({ ...refundOf(payment), amountMinor: 1_001 })),
    ]
    for (const attempt of await Promise.allSettled(attempts))
      expect(attempt).toMatchObject({ reason: { code: 'RULE_VIOLATED' } })
    await colleague.write((db) =>
      db.payments.allocate({ ...more, allocations: [{ invoiceId: own.id, amountMinor: 1_000 }] }),
    )
    expect(await mine.read.payments.byId(payment.id)).toMatchObject({ unallocatedMinor: 0, refundedMinor: 3_000 })
  })

  test('who may see payments and invoices and not change them neither gives a payment out nor pays an invoice', async () => {
    const { mine } = placement()
    const onlooker = await mine.limited((me) => ({ see: {}, change: { invoice: [me] } }))
    const accountId = await makeAccount(mine)
    const invoice = await issue(mine, accountId, 5_000)
    const allocations = [{ invoiceId: invoice.id, amountMinor: 100 }]
    const payment = await mine.write((db) => db.payments.record(paymentInput({ accountId, allocations: [] })))
    const attempts = [
      onlooker.write((db) => db.payments.allocate({ paymentId: payment.id, allocations })),
      onlooker.write((db) => db.payments.refund({ ...refundOf(payment), amountMinor: 1 })),
      onlooker.write((db) => db.payments.record(paymentInput({ accountId, allocations }))),
    ]
    for (const attempt of await Promise.allSettled(attempts))
      expect(attempt).toMatchObject({ reason: { code: 'FORBIDDEN' } })
    expect(await mine.read.invoices.byId(invoice.id)).toMatchObject({ paidMinor: 0 })
  })

  test('whatever statement is sent, the database gives out no more of a payment than came in', async () => {
    const { mine } = placement()
    const accountId = await makeAccount(mine)
    const [first, second] = [await issue(mine, accountId, 10_000), await issue(mine, accountId, 10_000)]
    // Sees nothing but what they write.
    const nobodys = JSON.stringify({ see: { invoice: '{}' }, change: {} })
    const payment = await mine.write((db) =>
      db.payments.record(
        paymentInput({ accountId, amountMinor: 10_000, allocations: [{ invoiceId: first.id, amountMinor: 6_000 }] }),
      ),
    )
    const allocated = (invoiceId: string, amount: number, { of = payment.id as string } = {}) =>
      send(
        mine,
        sql`insert into crm.payment_allocations (payment_id, invoice_id, amount_minor) values (${of}, ${invoiceId}, ${amount})`,
      )
    const refunded = (amount: number) =>
      send(
        mine,
        sql`insert into crm.payments (account_id, kind, refunds_payment_id, status, amount_minor, currency, method, received_at, idempotency_key)
          values (${accountId}, 'refund', ${payment.id}, 'succeeded', ${amount}, ${payment.currency}, 'cash', now(), ${randomUUID()})`,
      )
    const refused = { detail: { sqlstate: '23514' } }
    await expect(allocated(second.id, 4_001)).rejects.toMatchObject(refused)
    await expect(send(mine, raised(payment.id))).rejects.toMatchObject(refused)
    await expect(refunded(4_001)).rejects.toMatchObject(refused)
    // The pointer is asked about what is seen; the sum is not.
    await expect(send(mine, raised(payment.id), nobodys)).rejects.toMatchObject(refused)
    const refund = await mine.write((db) => db.payments.refund({ ...refundOf(payment), amountMinor: 1_000 }))
    await expect(allocated(first.id, 1_001, { of: refund.id })).rejects.toMatchObject(refused)
    // Of an invoice that the payment never paid.
    await expect(allocated(second.id, 1_000, { of: refund.id })).rejects.toMatchObject(refused)
    const both = await Promise.allSettled([allocated(second.id, 2_000), refunded(2_000)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await mine.read.payments.byId(payment.id)).toMatchObject({ unallocatedMinor: 1_000 })
  })
})

async function makeAccount(desk: Desk) {
  const { id } = await desk.write((db) => db.accounts.create(accountInput()))
  return id
}

function issue(desk: Desk, accountId: string, unitPriceMinor: number): Promise<Invoice> {
  const input = invoiceInput({ accountId, lines: [invoiceLine({ unitPriceMinor })] })
  return desk.write(async (db) => db.invoices.issue(await db.invoices.create(input)))
}

function refundOf({ id: paymentId }: Payment) {
  return { paymentId, idempotencyKey: randomUUID() }
}

function raised(paymentId: string): Sql {
  return sql`update crm.payment_allocations set amount_minor = 10001 where payment_id = ${paymentId}`
}

type Sql = ReturnType<typeof sql>
type None = Record<string, never>

/** As the tenant's login, for a limited member within their limits. */
function send(desk: Desk, text: Sql, access = '') {
  const limits = sql`select set_config('tenantry.access', ${access}::text, true)`
  const [limit, run] = [limits, text].map((one) => statement<None, never>((db) => db.execute(one)))
  if (!limit || !run) throw new Error('two statements were made')
  return desk.database.transaction(async (tx) => {
    await tx.run(limit, {})
    await tx.run(run, {})
  })
}
