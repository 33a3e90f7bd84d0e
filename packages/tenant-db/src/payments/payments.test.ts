import type { Invoice } from '@tenantry/contracts/invoices'
import type { Page } from '@tenantry/contracts/pages'
import { PaymentListQuery, type Payment } from '@tenantry/contracts/payments'
import type { RecordChange } from '@tenantry/contracts/record'
import { statement } from '@tenantry/connections/statement'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { sql, type SQL } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a payment pays several invoices, and what is left stays with the account', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [10_000, 5_000])
    const [first, second] = invoices.map(({ id }) => id)
    if (!first || !second) throw new Error('two invoices were asked for')
    const payment = await pay(mine, accountId, 12_000, [
      { invoiceId: first, amountMinor: 10_000 },
      { invoiceId: second, amountMinor: 1_500 },
    ])
    expect(payment).toMatchObject({ status: 'succeeded', unallocatedMinor: 500, createdByName: mine.person.name })
    expect(await mine.read.invoices.byId(first)).toMatchObject({ state: 'paid', paidMinor: 10_000, balanceMinor: 0 })
    expect(await mine.read.invoices.byId(second)).toMatchObject({ state: 'partially_paid', balanceMinor: 3_500 })
    const more = { paymentId: payment.id, allocations: [{ invoiceId: second, amountMinor: 500 }] }
    const allocated = await mine.write((db) => db.payments.allocate(more))
    expect(allocated).toMatchObject({ unallocatedMinor: 0 })
    expect(allocated.allocations.map(({ amountMinor }) => amountMinor)).toEqual([10_000, 2_000])
    await expect(mine.write((db) => db.payments.allocate(more))).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    const found = await mine.read.payments.list(PaymentListQuery.parse({ filters: { invoiceId: second } }))
    expect(found.rows).toEqual([allocated])
    const { count } = await mine.read.payments.count(PaymentListQuery.parse({}))
    expect(count).toBe((await mine.read.payments.list(PaymentListQuery.parse({ limit: 200 }))).rows.length)
  })

  test('the same payment that is sent many times at once is one payment', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [10_000])
    const allocations = invoices.map(({ id }) => ({ invoiceId: id, amountMinor: 6_000 }))
    const input = paymentInput({ accountId, amountMinor: 6_000, allocations })
    const answers = await Promise.all(Array.from({ length: 8 }, () => mine.write((db) => db.payments.record(input))))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect(await balances(mine, invoices)).toEqual([4_000])
    await expect(mine.write((db) => db.payments.record({ ...input, amountMinor: 6_001 }))).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { field: 'idempotencyKey' },
    })
  })

  test('payments of one invoice at once never pay more than it claims', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [10_000])
    const allocations = invoices.map(({ id }) => ({ invoiceId: id, amountMinor: 3_000 }))
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => pay(mine, accountId, 3_000, allocations)))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await balances(mine, invoices)).toEqual([1_000])
    // What was refused left nothing behind.
    const all = await mine.read.payments.list(PaymentListQuery.parse({ filters: { accountId } }))
    expect(all.rows).toHaveLength(3)
  })

  test('payments that name the same invoices in opposite orders do not wait for each other for ever', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [10_000, 10_000])
    const allocations = invoices.map(({ id }) => ({ invoiceId: id, amountMinor: 100 }))
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        pay(mine, accountId, 200, index % 2 === 0 ? allocations : allocations.toReversed()),
      ),
    )
    expect(await balances(mine, invoices)).toEqual([8_000, 8_000])
  })

  test('a refund takes what is free first, then from the newest invoice, and never more than came in', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [4_000, 5_000])
    const allocations = invoices.map(({ id, totalMinor }) => ({ invoiceId: id, amountMinor: totalMinor }))
    const payment = await pay(mine, accountId, 10_000, allocations)
    const first = await refund(mine, payment, 3_000)
    expect(first).toMatchObject({ kind: 'refund', refundsPaymentId: payment.id, amountMinor: 3_000 })
    expect(await balances(mine, invoices)).toEqual([0, 2_000])
    expect(await mine.read.payments.byId(payment.id)).toMatchObject({ refundedMinor: 3_000, unallocatedMinor: 0 })
    await expect(refund(mine, payment, 7_001)).rejects.toMatchObject({ data: { field: 'amountMinor' } })
    await refund(mine, payment, 7_000)
    expect(await balances(mine, invoices)).toEqual([4_000, 5_000])
    await expect(refund(mine, payment, 1)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('a payment that was entered wrongly is taken out by a refund of its day that says so, and counts nowhere', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [5_000])
    const allocations = invoices.map(({ id: invoiceId }) => ({ invoiceId, amountMinor: 5_000 }))
    const [wrongDay, rightDay] = [40, 75].map((days) => new Date(Date.now() - days * 86_400_000).toISOString())
    const entered = paymentInput({ accountId, amountMinor: 5_000, allocations, receivedAt: rightDay })
    const wrong = await mine.write((db) =>
      db.payments.record({ ...entered, idempotencyKey: randomUUID(), method: 'cash', receivedAt: wrongDay }),
    )
    const refund = { paymentId: wrong.id, amountMinor: 5_000, idempotencyKey: randomUUID() }
    const note = 'Was a transfer, not cash'
    const counter = await mine.write((db) => db.payments.refund({ ...refund, receivedAt: wrongDay, note }))
    expect(counter).toMatchObject({ method: 'cash', receivedAt: wrong.receivedAt, note, refundsPaymentId: wrong.id })
    expect(await balances(mine, invoices)).toEqual([5_000])
    const right = await mine.write((db) => db.payments.record(entered))
    expect(await balances(mine, invoices)).toEqual([0])

    const { rows } = await mine.read.payments.list(PaymentListQuery.parse({ filters: { accountId } }))
    const what = rows.map(({ id, refundedMinor, unallocatedMinor }) => [id, refundedMinor, unallocatedMinor])
    expect(what).toEqual(
      expect.arrayContaining([
        [wrong.id, 5_000, 0],
        [counter.id, 0, 0],
        [right.id, 0, 0],
      ]),
    )
    const { revenue } = await mine.read.dashboard.overview({ months: 6 })
    const paidIn = (day = '') => revenue.find(({ month }) => day.startsWith(month))?.paidMinor ?? 0
    expect([paidIn(wrongDay), paidIn(rightDay)]).toEqual([0, 5_000])
    const lines = await Promise.all(invoices.map(({ id }) => mine.read.invoices.timeline(id, { limit: 3 })))
    expect(lines.flatMap((page) => page.rows.map(({ diff }) => diff['paidMinor']))).toEqual([
      { from: 0, to: 5_000 },
      { from: 5_000, to: 0 },
      { from: 0, to: 5_000 },
    ])
  })

  test('refunds of one payment at once never give back more than came in', async () => {
    const { mine } = placement()
    const { accountId } = await owing(mine, [])
    const payment = await pay(mine, accountId, 10_000, [])
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => refund(mine, payment, 3_000)))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await mine.read.payments.byId(payment.id)).toMatchObject({ refundedMinor: 9_000, unallocatedMinor: 1_000 })
  })

  test('a refund is not refunded, and takes nothing from an invoice that its payment did not pay', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [4_000, 5_000])
    const [paid, other] = invoices.map(({ id }) => id)
    if (!paid || !other) throw new Error('two invoices were asked for')
    const payment = await pay(mine, accountId, 4_000, [{ invoiceId: paid, amountMinor: 4_000 }])
    const given = await refund(mine, payment, 1_000)
    await expect(refund(mine, given, 500)).rejects.toMatchObject({ data: { field: 'paymentId' } })
    const wrong = { paymentId: payment.id, amountMinor: 500, idempotencyKey: randomUUID() }
    await expect(
      mine.write((db) => db.payments.refund({ ...wrong, allocations: [{ invoiceId: other, amountMinor: 500 }] })),
    ).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('an invoice is paid in its currency, by its account, once it is issued, and only once per payment', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [10_000])
    const invoiceId = invoices[0]?.id ?? ''
    const draft = await mine.write((db) => db.invoices.create(invoiceInput({ accountId })))
    const stranger = await mine.write((db) => db.accounts.create(accountInput()))
    const wrong = [
      paymentInput({ accountId, currency: 'EUR', allocations: [{ invoiceId, amountMinor: 1 }] }),
      paymentInput({ accountId: stranger.id, allocations: [{ invoiceId, amountMinor: 1 }] }),
      paymentInput({ accountId, allocations: [{ invoiceId: draft.id, amountMinor: 1 }] }),
      paymentInput({ accountId, allocations: [1, 1].map((amountMinor) => ({ invoiceId, amountMinor })) }),
      paymentInput({ accountId, amountMinor: 5, allocations: [{ invoiceId, amountMinor: 6 }] }),
      paymentInput({ accountId, allocations: [{ invoiceId: randomUUID(), amountMinor: 6 }] }),
    ]
    for (const input of wrong) {
      await expect(mine.write((db) => db.payments.record(input))).rejects.toMatchObject({
        code: 'RULE_VIOLATED',
        data: { field: 'allocations' },
      })
    }
    expect(await balances(mine, invoices)).toEqual([10_000])
  })

  test('a payment under way keeps its part of an invoice, and gives it back when it fails', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [10_000])
    const allocations = invoices.map(({ id }) => ({ invoiceId: id, amountMinor: 10_000 }))
    const input = paymentInput({ accountId, allocations })
    const pending = await mine.write((db) => db.payments.record({ ...input, status: 'pending', provider: 'test' }))
    expect(await balances(mine, invoices)).toEqual([10_000])
    await expect(
      pay(
        mine,
        accountId,
        1,
        allocations.map((each) => ({ ...each, amountMinor: 1 })),
      ),
    ).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
    })
    await mine.write((db) => db.payments.settle({ id: pending.id, status: 'failed', providerRef: 'x1' }))
    await pay(mine, accountId, 10_000, allocations)
    const late = await mine.write((db) =>
      db.payments.settle({ id: pending.id, status: 'succeeded', providerRef: 'x1' }),
    )
    expect(late).toMatchObject({ status: 'failed' })
    expect(await balances(mine, invoices)).toEqual([0])
  })

  test('what becomes of a payment stands in its history, and what it pays in that of each invoice', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [4_000, 5_000])
    const [first, second] = invoices.map(({ id }) => id)
    if (!first || !second) throw new Error('two invoices were asked for')
    const payment = await pay(mine, accountId, 9_000, [{ invoiceId: first, amountMinor: 4_000 }])
    const later = [{ invoiceId: second, amountMinor: 4_500 }]
    await mine.write((db) => db.payments.allocate({ paymentId: payment.id, allocations: later }))
    const given = await refund(mine, payment, 1_000)
    const pending = await mine.write((db) => {
      const allocations = [{ invoiceId: second, amountMinor: 1_000 }]
      const input = paymentInput({ accountId, amountMinor: 1_000, allocations })
      return db.payments.record({ ...input, status: 'pending', provider: 'test' })
    })
    const before = await told(mine.read.invoices.timeline(second, { limit: 20 }))
    await mine.write((db) => db.payments.settle({ id: pending.id, status: 'succeeded', providerRef: 'x2' }))

    const paid = (from: number, to: number) => ({ paidMinor: { from, to } })
    expect(await told(mine.read.payments.timeline(payment.id, { limit: 20 }))).toEqual([
      ['changed', { refundedMinor: { from: 0, to: 1_000 } }],
      [
        'changed',
        { allocations: { from: payment.allocations.map(plain), to: [...payment.allocations.map(plain), ...later] } },
      ],
      ['created', expect.objectContaining({ allocations: { from: null, to: payment.allocations.map(plain) } })],
    ])
    expect(await told(mine.read.payments.timeline(given.id, { limit: 20 }))).toEqual([
      ['changed', { allocations: { from: [], to: [{ invoiceId: second, amountMinor: 500 }] } }],
      ['created', expect.objectContaining({ amountMinor: { from: null, to: 1_000 } })],
    ])
    expect((await told(mine.read.invoices.timeline(first, { limit: 20 })))[0]).toEqual(['paid', paid(0, 4_000)])
    expect(before.slice(0, 2)).toEqual([
      ['changed', paid(4_500, 4_000)],
      ['changed', paid(0, 4_500)],
    ])
    expect((await told(mine.read.invoices.timeline(second, { limit: 20 })))[0]).toEqual(['paid', paid(4_000, 5_000)])
    const [line] = (await mine.read.invoices.timeline(second, { limit: 1 })).rows
    await expect(mine.write((db) => db.invoices.undo(second, line?.id ?? ''))).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
    })
  })

  test('neither invoices nor payments of another tenant are paid, refunded or shown, as if there were none', async () => {
    const { mine, theirs } = placement()
    const own = await owing(mine, [])
    const foreign = await owing(theirs, [10_000])
    const allocations = foreign.invoices.map(({ id }) => ({ invoiceId: id, amountMinor: 100 }))
    await expect(pay(mine, own.accountId, 100, allocations)).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
      message: 'There is no such invoice.',
    })
    await expect(pay(mine, foreign.accountId, 100, [])).rejects.toMatchObject({ data: { field: 'accountId' } })
    const payment = await pay(theirs, foreign.accountId, 100, [])
    const attempts = await Promise.allSettled([
      mine.read.payments.byId(payment.id),
      refund(mine, payment, 100),
      mine.write((db) => db.payments.allocate({ paymentId: payment.id, allocations })),
      mine.write((db) => db.payments.settle({ id: payment.id, status: 'failed', providerRef: null })),
      mine.read.payments.timeline(payment.id, { limit: 10 }),
    ])
    for (const attempt of attempts) expect(attempt).toMatchObject({ reason: { code: 'NOT_FOUND' } })
    // The same key is another payment for another tenant.
    const key = { idempotencyKey: 'the same key' }
    const ours = await mine.write((db) => db.payments.record(paymentInput({ accountId: own.accountId, ...key })))
    const others = await theirs.write((db) =>
      db.payments.record(paymentInput({ accountId: foreign.accountId, ...key })),
    )
    expect(ours.id).not.toBe(others.id)
  })

  test('what was paid can be neither changed nor deleted by the role that serves requests', async () => {
    const { mine } = placement()
    const { accountId, invoices } = await owing(mine, [10_000])
    await pay(
      mine,
      accountId,
      100,
      invoices.map(({ id }) => ({ invoiceId: id, amountMinor: 100 })),
    )
    for (const text of forbidden) {
      await expect(mine.database.transaction((tx) => tx.run(text, {}))).rejects.toMatchObject({
        detail: { sqlstate: '42501' },
      })
    }
  })
})

async function owing(desk: Desk, totals: readonly number[]) {
  const { id: accountId } = await desk.write((db) => db.accounts.create(accountInput()))
  const invoices: Invoice[] = []
  for (const unitPriceMinor of totals) {
    const input = invoiceInput({ accountId, lines: [invoiceLine({ unitPriceMinor })] })
    invoices.push(await desk.write(async (db) => db.invoices.issue(await db.invoices.create(input))))
  }
  return { accountId, invoices }
}

function pay(
  desk: Desk,
  accountId: string,
  amountMinor: number,
  allocations: { invoiceId: string; amountMinor: number }[],
): Promise<Payment> {
  return desk.write((db) => db.payments.record(paymentInput({ accountId, amountMinor, allocations })))
}

function refund(desk: Desk, { id: paymentId }: Payment, amountMinor: number): Promise<Payment> {
  return desk.write((db) => db.payments.refund({ paymentId, amountMinor, idempotencyKey: randomUUID() }))
}

async function balances(desk: Desk, invoices: readonly Invoice[]): Promise<number[]> {
  const now = await Promise.all(invoices.map(({ id }) => desk.read.invoices.byId(id)))
  return now.map(({ balanceMinor }) => balanceMinor)
}

async function told(timeline: Promise<Page<RecordChange>>) {
  return (await timeline).rows.map(({ action, diff }) => [action, diff])
}

function plain({ invoiceId, amountMinor }: Payment['allocations'][number]) {
  return { invoiceId, amountMinor }
}

const forbidden = [
  sql`update crm.payments set amount_minor = 1`,
  sql`delete from crm.payments`,
  sql`delete from crm.payment_allocations`,
  sql`update crm.payment_allocations set invoice_id = gen_random_uuid()`,
].map((text: SQL) => statement<Record<string, never>, never>((db) => db.execute(text)))
