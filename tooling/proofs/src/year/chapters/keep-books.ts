import type { Invoice, InvoiceListed } from '@tenantry/contracts/invoices'
import type { Mail } from '@tenantry/contracts/mail'
import type { Page } from '@tenantry/contracts/pages'
import type { Payment } from '@tenantry/contracts/payments'
import { randomUUID } from 'node:crypto'
import type { Clerk } from '../clerk.ts'
import { onlyOneOf, refusedAs } from '../refusals.ts'
import { count, dayFromNow, shareOut, type Year } from '../year.ts'
import { at, type Customer } from './win-customers.ts'

const rates = [190_000, 70_000, 0]

/** Invoices beside those of contracts: paid, half paid, paid too much, given back, credited, void, written off. */
export async function keepBooks(year: Year, customers: readonly Customer[]): Promise<void> {
  await shareOut(year, customers, async (customer, clerk, index) => {
    const { currency } = customer.opportunity
    const invoice = await issue(year, clerk, { ...customer, currency, index })
    const { owner } = year
    switch (index % 8) {
      case 0:
        return payTwoAtOnce(year, clerk, { customer, first: invoice, index })
      case 1: {
        const half = Math.max(1, Math.floor(invoice.totalMinor / 2))
        const payment = await pay(year, clerk, invoice, { amountMinor: half })
        const back = { paymentId: payment.id, amountMinor: Math.ceil(half / 2), idempotencyKey: randomUUID() }
        await Promise.all([owner.mutate('payments.refund', back), owner.mutate('payments.refund', back)])
        count(year, 'refunds')
        return
      }
      case 2: {
        const lines = [{ name: 'Props were missing', unitPriceMinor: Math.max(1, Math.floor(invoice.totalMinor / 5)) }]
        await owner.mutate('invoices.credit', { ...at(invoice), reason: 'Props were missing', lines })
        count(year, 'credit notes')
        return
      }
      case 3:
        await owner.mutate('invoices.void', { ...at(invoice), reason: 'Sent to the wrong customer' })
        count(year, 'invoices voided')
        return
      case 4: {
        await pay(year, clerk, invoice, { amountMinor: Math.ceil(invoice.totalMinor / 3) })
        const now = await clerk.byId<Invoice>('invoices', invoice.id)
        if (now.balanceMinor > 0) {
          await owner.mutate('invoices.writeOff', { ...at(now), reason: 'Bankrupt' })
          count(year, 'invoices written off')
        }
        return
      }
      case 5:
        return payByLink(year, clerk, invoice)
      case 6: {
        // More than is claimed stays with the account, and pays the next invoice.
        const payment = await pay(year, clerk, invoice, { amountMinor: invoice.totalMinor, over: 700 })
        const next = await issue(year, clerk, { ...customer, currency, index: index + 1 })
        const amountMinor = Math.min(700, next.totalMinor)
        await clerk.change('payments', 'allocate', {
          paymentId: payment.id,
          allocations: [{ invoiceId: next.id, amountMinor }],
        })
        count(year, 'payments allocated later')
        return
      }
      default:
        return
    }
  })
  await payBalances(year)
}

async function issue(
  year: Year,
  clerk: Clerk,
  { accountId, contactId, currency, index }: { accountId: string; contactId: string; currency: string; index: number },
): Promise<Invoice> {
  const { random } = year
  const lines = Array.from({ length: 1 + random(4) }, (_, line) => ({
    name: `Position ${line}`,
    quantity: ['1', '0.333', '2.5', '7'][random(4)],
    unitPriceMinor: 333 + random(50_000),
    discountMinor: random(3) === 0 ? random(100) : 0,
    taxPpm: rates[random(rates.length)],
  }))
  const draft = await clerk.create<Invoice>('invoices', {
    accountId,
    contactId,
    currency,
    poNumber: `PO ${index}`,
    dueOn: dayFromNow(index % 3 === 0 ? -10 : 20),
    lines,
  })
  const first = Math.floor(draft.totalMinor / 3)
  const parts = [
    { label: 'First', dueOn: dayFromNow(-3), amountMinor: first },
    { label: 'Rest', dueOn: dayFromNow(27), amountMinor: draft.totalMinor - first },
  ]
  const ready =
    index % 4 === 2 && first > 0
      ? await clerk.change<Invoice>('invoices', 'patch', { ...at(draft), patch: { schedule: parts } })
      : draft
  // Two issue it at once: it has one number.
  const issued = await onlyOneOf(
    Array.from({ length: index % 5 === 0 ? 2 : 1 }, () => clerk.change<Invoice>('invoices', 'issue', at(ready))),
    ['STALE_WRITE', 'RULE_VIOLATED'],
  )
  count(year, 'invoices issued')
  await refusedAs(clerk.change('invoices', 'patch', { ...at(issued), patch: { notes: 'more' } }), 'RULE_VIOLATED')
  return issued
}

/** Of the payment, `amountMinor` is for the invoice. */
async function pay(
  year: Year,
  clerk: Clerk,
  { id: invoiceId, accountId, currency }: Pick<InvoiceListed, 'id' | 'accountId' | 'currency'>,
  { amountMinor, over = 0 }: { amountMinor: number; over?: number },
): Promise<Payment> {
  const input = {
    accountId,
    amountMinor: amountMinor + over,
    currency,
    method: 'bank_transfer',
    idempotencyKey: randomUUID(),
    allocations: [{ invoiceId, amountMinor }],
  }
  // Sent twice, as by a browser that lost its connection: written once.
  const [payment] = await Promise.all([
    clerk.change<Payment>('payments', 'record', input),
    clerk.change<Payment>('payments', 'record', input),
  ])
  count(year, 'payments recorded')
  return payment
}

/** Two payments at once for what only one of them can pay, then one for two invoices. */
async function payTwoAtOnce(
  year: Year,
  clerk: Clerk,
  { customer, first, index }: { customer: Customer; first: Invoice; index: number },
): Promise<void> {
  const { currency } = customer.opportunity
  const whole = () => pay(year, clerk, first, { amountMinor: first.totalMinor })
  await onlyOneOf([whole(), whole()], ['RULE_VIOLATED', 'CONFLICT'])
  const second = await issue(year, clerk, { ...customer, currency, index: index + 1 })
  const third = await issue(year, clerk, { ...customer, currency, index: index + 2 })
  const parts = [second, third].map((invoice) => ({ invoiceId: invoice.id, amountMinor: invoice.totalMinor }))
  await clerk.change('payments', 'record', {
    accountId: customer.accountId,
    currency,
    amountMinor: second.totalMinor + third.totalMinor,
    method: 'card',
    idempotencyKey: randomUUID(),
    allocations: parts,
  })
  count(year, 'payments of several invoices')
}

async function payByLink(year: Year, clerk: Clerk, invoice: Invoice): Promise<void> {
  const letter = { to: 'accounting@example.com', message: 'Thank you!', idempotencyKey: randomUUID() }
  const mail = await clerk.change<Mail>('invoices', 'mail', { id: invoice.id, ...letter })
  const token = await year.mailbox.tokenIn(mail.id)
  const once = { token, source: 'test_card', idempotencyKey: randomUUID() }
  const amountMinor = Math.max(1, Math.floor(invoice.totalMinor / 4))
  await year.customer.mutate('public.payInvoice', { ...once, amountMinor })
  // At first it is not clear what becomes of it; asked again it is.
  const slow = { token, source: 'test_slow', idempotencyKey: randomUUID(), amountMinor }
  await year.customer.mutate('public.payInvoice', slow)
  await year.customer.mutate('public.payInvoice', slow)
  const paid = await year.owner.query<Page<Payment>>('payments.list', { filters: { invoiceId: invoice.id } })
  const [payment] = paid.rows
  // What the provider took it gives back itself.
  const back = { paymentId: payment?.id, amountMinor: 1, idempotencyKey: randomUUID() }
  await Promise.all([0, 1].map(() => year.owner.mutate('payments.refund', back)))
  count(year, 'refunds')
  // The provider takes the money, its answer is lost, and the customer never comes back.
  const lost = { token, source: 'test_lost', idempotencyKey: randomUUID(), amountMinor: 1 }
  await refusedAs(year.customer.mutate('public.payInvoice', lost), 'PAYMENT_PROVIDER_FAILED')
  count(year, 'payments left pending')
  count(year, 'invoices sent by mail')
}

/** What contracts made due later: the customers of every other one pay it. */
async function payBalances(year: Year): Promise<void> {
  const { rows } = await year.owner.query<Page<InvoiceListed>>('invoices.list', {
    limit: 200,
    filters: { kind: 'invoice', status: ['issued'] },
  })
  const open = rows.filter(({ quoteId, balanceMinor }) => quoteId !== null && balanceMinor > 0)
  await shareOut(year, open, async (invoice, clerk, index) => {
    if (index % 2 === 0) await pay(year, clerk, invoice, { amountMinor: invoice.balanceMinor })
  })
}
