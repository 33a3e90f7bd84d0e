import type { Invoice } from '@tenantry/contracts/invoices'
import type { Payment } from '@tenantry/contracts/payments'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forEveryCompany, type Desk } from '../companies.fixture.ts'
import type { Payer } from './payer.ts'
import { payInvoice } from './pay-invoice.ts'
import type { PaymentProvider } from './provider.ts'
import { refundPayment } from './refund-payment.ts'
import { settleByHand } from './settle-payment.ts'
import { settlePending } from './settle-pending.ts'
import { TestPaymentProvider } from './test-provider.ts'

forEveryCompany((desks) => {
  test('who dies between the provider’s yes and our note of it has taken the money once, and it is booked once', async () => {
    const { mine } = desks()
    const { invoice, linkHash } = await dueInvoice(mine, 10_000)
    const provider = counting(new TestPaymentProvider())
    const once = { linkHash, amountMinor: 6_000, source: 'test_card', idempotencyKey: 'one click' }
    await expect(payInvoice(dyingAfter(1, mine, provider), once)).rejects.toThrow('died')
    expect(await standing(mine, invoice)).toMatchObject({ balanceMinor: 10_000 })
    await expect(voided(mine, invoice)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    // Several workers come by at once.
    await Promise.all([1, 2, 3].map(() => settlePending(payerOf(mine, provider), now)))
    expect(await standing(mine, invoice)).toMatchObject({ paidMinor: 6_000, balanceMinor: 4_000 })
    // The customer comes back with the same request, and pays the rest with another one.
    const { payment } = await payInvoice(payerOf(mine, provider), once)
    expect(payment).toMatchObject({ status: 'succeeded', amountMinor: 6_000 })
    await payInvoice(payerOf(mine, provider), { ...once, amountMinor: undefined, idempotencyKey: 'another' })
    expect(await standing(mine, invoice)).toMatchObject({ paidMinor: 10_000, state: 'paid' })
    expect(provider.taken).toBe(10_000)
    const { rows } = await mine.write((db) => db.payments.timeline(payment.id, { limit: 10 }))
    expect(rows.map(({ diff }) => diff['status']?.to)).toEqual(['succeeded', 'pending'])
  })

  test('a payment that its provider never heard of is called off, and the invoice is free again', async () => {
    const { mine } = desks()
    const { invoice, linkHash } = await dueInvoice(mine, 10_000)
    const provider = new TestPaymentProvider()
    const down = { linkHash, source: 'test_down', idempotencyKey: 'one click' }
    await expect(payInvoice(payerOf(mine, provider), down)).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' })
    // Whoever might still come back is left alone.
    const young = await settlePending(payerOf(mine, provider), { ...now, olderThanSeconds: 3_600 })
    expect(young).toEqual({ settled: 0, left: 1 })
    expect(await settlePending(payerOf(mine, provider), now)).toEqual({ settled: 1, left: 0 })
    expect((await payInvoice(payerOf(mine, provider), down)).payment).toMatchObject({ status: 'cancelled' })
    await voided(mine, await standing(mine, invoice))
  })

  test('what a provider took for a payment that was called off meanwhile is booked all the same', async () => {
    const { mine } = desks()
    const { invoice, linkHash } = await dueInvoice(mine, 10_000)
    const slow = counting(new TestPaymentProvider())
    const charge = slow.charge.bind(slow)
    slow.charge = async (request) => {
      await settlePending(payerOf(mine, new TestPaymentProvider()), now)
      return charge(request)
    }
    const { payment } = await payInvoice(payerOf(mine, slow), { linkHash, source: 'card', idempotencyKey: 'slow' })
    expect(payment).toMatchObject({ status: 'succeeded' })
    expect(await standing(mine, invoice)).toMatchObject({ paidMinor: 10_000, balanceMinor: 0, state: 'paid' })
  })

  test('a provider that does not answer, or is not done yet, leaves a payment as it is', async () => {
    const { mine } = desks()
    const { linkHash } = await dueInvoice(mine, 10_000)
    const provider = new TestPaymentProvider()
    const request = { linkHash, source: 'test_lost', idempotencyKey: 'lost' }
    await expect(payInvoice(payerOf(mine, provider), request)).rejects.toMatchObject({
      code: 'PAYMENT_PROVIDER_FAILED',
    })
    const silent = answering(provider, () => Promise.reject(new Error('away')))
    expect(await settlePending(payerOf(mine, silent), now)).toEqual({ settled: 0, left: 1 })
    const busy = answering(provider, () => Promise.resolve({ status: 'pending', reference: 'x' }))
    expect(await settlePending(payerOf(mine, busy), now)).toEqual({ settled: 0, left: 1 })
    expect(await settlePending(payerOf(mine, provider), now)).toEqual({ settled: 1, left: 0 })
  })

  test('what a provider took it gives back itself, once, also for whoever dies meanwhile', async () => {
    const { mine } = desks()
    const { invoice, linkHash } = await dueInvoice(mine, 10_000)
    const provider = counting(new TestPaymentProvider())
    const paid = await payInvoice(payerOf(mine, provider), { linkHash, source: 'test_card', idempotencyKey: 'pay' })
    const input = { paymentId: paid.payment.id, amountMinor: 4_000, idempotencyKey: randomUUID() }
    await expect(refundPayment(dyingAfter(1, mine, provider), input)).rejects.toThrow('died')
    expect(provider.taken).toBe(6_000)
    // Under way it is not taken off the invoice yet, and cannot be given back a second time.
    expect(await standing(mine, invoice)).toMatchObject({ paidMinor: 10_000 })
    const all = { ...input, amountMinor: 6_001, idempotencyKey: randomUUID() }
    await expect(refundPayment(payerOf(mine, provider), all)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    await settlePending(payerOf(mine, provider), now)
    const refund = await refundPayment(payerOf(mine, provider), input)
    expect(refund).toMatchObject({ kind: 'refund', status: 'succeeded', provider: 'test' })
    expect(await standing(mine, invoice)).toMatchObject({ paidMinor: 6_000, balanceMinor: 4_000 })
    expect(provider.taken).toBe(6_000)
  })

  test('a refund that the provider declines takes nothing off the payment, nor off the invoice', async () => {
    const { mine } = desks()
    const { invoice, linkHash } = await dueInvoice(mine, 10_000)
    const provider = new TestPaymentProvider()
    const paid = await payInvoice(payerOf(mine, provider), { linkHash, source: 'test_kept', idempotencyKey: 'pay' })
    const input = { paymentId: paid.payment.id, amountMinor: 4_000, idempotencyKey: randomUUID() }
    expect(await refundPayment(payerOf(mine, provider), input)).toMatchObject({ status: 'failed' })
    expect(await standing(mine, invoice)).toMatchObject({ paidMinor: 10_000, balanceMinor: 0 })
    const { rows } = await mine.write((db) => db.payments.timeline(paid.payment.id, { limit: 10 }))
    const given = rows.flatMap(({ diff }) => (diff['refundedMinor'] === undefined ? [] : [diff['refundedMinor']]))
    expect(given).toEqual([
      { from: 4_000, to: 0 },
      { from: 0, to: 4_000 },
    ])
  })

  test('a refund of what another provider took, or nobody did, is given back by hand and names no provider', async () => {
    const { mine } = desks()
    const { linkHash } = await dueInvoice(mine, 10_000)
    const other = renamed(new TestPaymentProvider(), 'other')
    const paid = await payInvoice(payerOf(mine, other), { linkHash, source: 'test_card', idempotencyKey: 'pay' })
    const provider = counting(new TestPaymentProvider())
    const input = { paymentId: paid.payment.id, amountMinor: 4_000, idempotencyKey: randomUUID() }
    const refund = await refundPayment(payerOf(mine, provider), input)
    expect(refund).toMatchObject({ status: 'succeeded', provider: null })
    expect(provider.taken).toBe(0)
  })

  test('a person settles what nobody else can say, and a provider that can knows better', async () => {
    const { mine, theirs } = desks()
    const pending = async (source: string, provider: PaymentProvider = new TestPaymentProvider()) => {
      const { linkHash, invoice } = await dueInvoice(mine, 10_000)
      await payInvoice(payerOf(mine, provider), { linkHash, source, idempotencyKey: 'pay' }).catch(() => {})
      const filters = { invoiceId: invoice.id }
      const { rows } = await mine.write((db) => db.payments.list({ sort: 'receivedAt', limit: 10, filters } as never))
      const [payment] = rows as Payment[]
      if (payment === undefined) throw new Error('a payment was begun')
      return { invoice, provider, paymentId: payment.id }
    }
    const gone = await pending('test_slow', renamed(new TestPaymentProvider(), 'a provider of the past'))
    const here = payerOf(mine, new TestPaymentProvider())
    await settleByHand(here, { paymentId: gone.paymentId, status: 'succeeded', reference: 'by telephone' })
    expect(await standing(mine, gone.invoice)).toMatchObject({ state: 'paid' })
    await expect(settleByHand(here, { paymentId: gone.paymentId, status: 'cancelled' })).rejects.toMatchObject({
      code: 'RULE_VIOLATED',
    })

    const lost = await pending('test_lost')
    const known = { paymentId: lost.paymentId, status: 'cancelled' } as const
    await expect(settleByHand(payerOf(theirs, lost.provider), known)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const away = answering(lost.provider, () => Promise.reject(new Error('away')))
    await expect(settleByHand(payerOf(mine, away), known)).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' })
    const busy = answering(lost.provider, () => Promise.resolve({ status: 'pending', reference: 'x' }))
    await expect(settleByHand(payerOf(mine, busy), known)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
    expect(await settleByHand(payerOf(mine, lost.provider), known)).toMatchObject({ status: 'succeeded' })

    const unheard = await pending('test_down')
    const off = { paymentId: unheard.paymentId, status: 'cancelled' } as const
    expect(await settleByHand(payerOf(mine, unheard.provider), off)).toMatchObject({ status: 'cancelled' })
    await voided(mine, await standing(mine, unheard.invoice))
  })
})

test('processes with one folder are one provider for tests', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'tenantry-provider-')), 'made when needed')
  const charge = { key: randomUUID(), amountMinor: 1, currency: 'EUR', source: 'test_slow', description: '' }
  expect(await new TestPaymentProvider({ folder }).find(charge.key)).toBeUndefined()
  expect(await new TestPaymentProvider({ folder }).charge(charge)).toMatchObject({ status: 'pending' })
  expect(await new TestPaymentProvider({ folder }).find(charge.key)).toMatchObject({ status: 'succeeded' })
  expect(await new TestPaymentProvider().find(charge.key)).toBeUndefined()
  rmSync(folder, { recursive: true })
})

const now = { olderThanSeconds: 0, most: 100 }

function payerOf(desk: Desk, provider: PaymentProvider): Payer {
  return { provider, write: (work) => desk.write(work), expect: () => Promise.resolve() }
}

/** A process that is gone after so many transactions. */
function dyingAfter(transactions: number, desk: Desk, provider: PaymentProvider): Payer {
  let left = transactions
  return {
    ...payerOf(desk, provider),
    write: (work) => (left-- > 0 ? desk.write(work) : Promise.reject(new Error('died'))),
  }
}

/** What it holds of customers, as it sees it: each key counts once. */
function counting(provider: PaymentProvider) {
  const seen = new Set<string>()
  const counted = {
    name: provider.name,
    taken: 0,
    find: provider.find.bind(provider),
    charge: (request: Parameters<PaymentProvider['charge']>[0]) => {
      if (!seen.has(request.key)) counted.taken += request.amountMinor
      seen.add(request.key)
      return provider.charge(request)
    },
    refund: (request: Parameters<PaymentProvider['refund']>[0]) => {
      if (!seen.has(request.key)) counted.taken -= request.amountMinor
      seen.add(request.key)
      return provider.refund(request)
    },
  }
  return counted
}

function answering(provider: PaymentProvider, find: PaymentProvider['find']): PaymentProvider {
  return { ...counting(provider), find }
}

function renamed(provider: PaymentProvider, name: string): PaymentProvider {
  return { ...counting(provider), name }
}

async function dueInvoice(desk: Desk, unitPriceMinor: number) {
  const linkHash = randomBytes(32)
  const invoice = await desk.write(async (db) => {
    const { id: accountId } = await db.accounts.create(accountInput())
    const draft = await db.invoices.create(invoiceInput({ accountId, lines: [invoiceLine({ unitPriceMinor })] }))
    const issued = await db.invoices.issue(draft)
    await db.invoices.putLink(issued.id, linkHash)
    return issued
  })
  return { invoice, linkHash }
}

function standing(desk: Desk, { id }: Invoice): Promise<Invoice> {
  return desk.write((db) => db.invoices.byId(id))
}

function voided(desk: Desk, { id, version }: Invoice): Promise<Invoice> {
  return desk.write((db) => db.invoices.void({ id, version, reason: 'A mistake' }))
}
