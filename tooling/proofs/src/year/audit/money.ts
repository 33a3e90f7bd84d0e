import type { AdminRun } from '@tenantry/connections/admin'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'
import { groupBy } from './group-by.ts'

/** Every document's totals from its lines, every balance from payments and credit notes, and what the dashboard adds up. */
export async function auditMoney(run: AdminRun, ledger: Ledger, claims: Claims): Promise<void> {
  const books = await readBooks(run)
  auditTotals(books, ledger)
  auditSplits(books, ledger)
  auditBalances(books, ledger, claims)
  auditPayments(books, ledger, claims)
  auditRevenue(books, ledger, claims)
}

/** Amounts come as text, so that no digit is lost on the way to a bigint. */
interface Line extends Record<string, unknown> {
  document: string
  id: string
  quantity: string
  price: string
  discount: string
  ppm: string
  net: string
  counts: boolean
}
interface Document extends Record<string, unknown> {
  id: string
  kind: string
  status: string
  name: string
  subtotal: string
  discount: string
  tax: string
  total: string
  currency: string
  account: string
  quote: string | null
  credits: string | null
  issued: string | null
  due: string | null
}
interface Part extends Record<string, unknown> {
  invoice: string
  due: string
  amount: string
}
interface Payment extends Record<string, unknown> {
  id: string
  kind: string
  status: string
  amount: string
  currency: string
  account: string
  refunds: string | null
  month: string
}
interface Allocation extends Record<string, unknown> {
  payment: string
  invoice: string
  amount: string
}

type Books = Awaited<ReturnType<typeof readBooks>>

async function readBooks(run: AdminRun) {
  const [day] = await run<{ today: string; zone: string }>(
    `select (now() at time zone time_zone)::date::text as today, time_zone as zone from crm.company`,
  )
  if (day === undefined) throw new Error('the company is not known to its database')
  return {
    ...day,
    lines: [
      ...(await run<Line>(`select quote_id as document, id, quantity::text, unit_price_minor::text as price,
        discount_minor::text as discount, tax_ppm::text as ppm, net_minor::text as net,
        not is_optional or is_selected as counts from crm.quote_line_items`)),
      ...(await run<Line>(`select invoice_id as document, id, quantity::text, unit_price_minor::text as price,
        discount_minor::text as discount, tax_ppm::text as ppm, net_minor::text as net, true as counts
        from crm.invoice_line_items`)),
    ],
    quotes: await run<Document>(`select id, 'quote' as kind, status, number || '/' || revision as name,
      subtotal_minor::text as subtotal, discount_minor::text as discount, tax_minor::text as tax, total_minor::text as total,
      currency::text, account_id as account, null as quote, null as credits, issued_on::text as issued, null as due from crm.quotes`),
    invoices: await run<Document>(`select id, kind, status, coalesce(number, id::text) as name,
      subtotal_minor::text as subtotal, discount_minor::text as discount, tax_minor::text as tax, total_minor::text as total,
      currency::text, account_id as account, quote_id as quote, credits_invoice_id as credits, issued_on::text as issued,
      due_on::text as due from crm.invoices`),
    parts: await run<Part>(
      `select invoice_id as invoice, due_on::text as due, amount_minor::text as amount from crm.payment_schedule`,
    ),
    payments: await run<Payment>(`select p.id, p.kind, p.status, p.amount_minor::text as amount, p.currency::text,
      p.account_id as account, p.refunds_payment_id as refunds, to_char(p.received_at at time zone c.time_zone, 'YYYY-MM') as month
      from crm.payments p, crm.company c`),
    allocations: await run<Allocation>(
      `select payment_id as payment, invoice_id as invoice, amount_minor::text as amount from crm.payment_allocations`,
    ),
  }
}

/** A half goes away from nothing, which is how people round by hand. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n
  const size = numerator * sign
  const rest = size % denominator
  return sign * (size / denominator + (2n * rest >= denominator ? 1n : 0n))
}

function auditTotals({ lines, quotes, invoices }: Books, ledger: Ledger): void {
  const byDocument = groupBy(lines, ({ document }) => document)
  for (const document of [...quotes, ...invoices]) {
    const sums = { subtotal: 0n, discount: 0n, tax: 0n, total: 0n }
    for (const line of byDocument.get(document.id) ?? []) {
      const [whole = '0', fraction = ''] = line.quantity.split('.')
      const gross = rounded(BigInt(whole + fraction.padEnd(3, '0')) * BigInt(line.price), 1000n)
      const net = gross - BigInt(line.discount)
      ledger.compare('net amounts of lines', `line ${line.id}`, BigInt(line.net), net)
      if (!line.counts) continue
      sums.subtotal += gross
      sums.discount += BigInt(line.discount)
      sums.tax += rounded(net * BigInt(line.ppm), 1_000_000n)
    }
    sums.total = sums.subtotal - sums.discount + sums.tax
    const { subtotal, discount, tax, total } = document
    ledger.compare('totals of documents', `${document.kind} ${document.name}`, { subtotal, discount, tax, total }, sums)
  }
}

/** What a contract made of a quote is the quote, and the parts of an invoice are the invoice. */
function auditSplits({ quotes, invoices, parts }: Books, ledger: Ledger): void {
  for (const { id, status, total, name } of quotes) {
    const made = invoices.filter(({ quote, kind }) => quote === id && kind !== 'credit_note')
    const should = status === 'converted' ? BigInt(total) : 0n
    ledger.compare('invoices of quotes', `quote ${name}`, sum(made.map((one) => one.total)), should)
  }
  const byInvoice = groupBy(parts, ({ invoice }) => invoice)
  for (const { id, name, total, status } of invoices) {
    const own = byInvoice.get(id)
    if (own === undefined || status === 'draft') continue
    ledger.compare('instalments', `invoice ${name}`, sum(own.map(({ amount }) => amount)), BigInt(total))
  }
}

function auditBalances(books: Books, ledger: Ledger, claims: Claims): void {
  const claimed = new Map(claims.invoices.map((invoice) => [invoice.id as string, invoice]))
  ledger.compare('invoices that are told', 'the list', claims.invoices.length, books.invoices.length)
  for (const invoice of books.invoices) {
    const { paid, credited, balance, overdue, state } = balanceOf(books, invoice)
    const told = claimed.get(invoice.id)
    ledger.compare(
      'balances',
      `invoice ${invoice.name}`,
      told && {
        paid: told.paidMinor,
        credited: told.creditedMinor,
        balance: told.balanceMinor,
        overdue: told.overdueMinor,
        state: told.state,
      },
      { paid: Number(paid), credited: Number(credited), balance: Number(balance), overdue: Number(overdue), state },
    )
  }
}

function balanceOf(books: Books, { id, kind, status, total, due }: Document) {
  const { allocations, payments, invoices, parts, today } = books
  let paid = 0n
  for (const { payment, invoice, amount } of allocations) {
    const from = payments.find((one) => one.id === payment)
    if (invoice !== id || from?.status !== 'succeeded') continue
    paid += from.kind === 'refund' ? -BigInt(amount) : BigInt(amount)
  }
  const credited = sum(
    invoices.filter((note) => note.credits === id && note.status === 'issued').map((note) => note.total),
  )
  const isOpen = status === 'issued' && kind !== 'credit_note'
  const balance = isOpen ? BigInt(total) - paid - credited : 0n
  const own = parts.filter(({ invoice }) => invoice === id)
  const isDue = due !== null && due < today
  const fallen =
    own.length === 0 ? (isDue ? BigInt(total) : 0n) : sum(own.filter((part) => part.due < today).map((p) => p.amount))
  const late = fallen - paid - credited
  const overdue = late < 0n ? 0n : late > balance ? (balance < 0n ? 0n : balance) : late
  return { paid, credited, balance, overdue, state: stateOf() }

  function stateOf(): string {
    if (status !== 'issued') return status
    if (kind === 'credit_note') return 'issued'
    if (balance <= 0n) return 'paid'
    if (overdue > 0n) return 'overdue'
    return paid + credited > 0n ? 'partially_paid' : 'unpaid'
  }
}

/** No payment is given out twice, and none in another currency. */
function auditPayments({ payments, allocations, invoices }: Books, ledger: Ledger, claims: Claims): void {
  const invoiceOf = new Map(invoices.map((invoice) => [invoice.id, invoice]))
  const allocatedBy = (id: string) => sum(allocations.filter(({ payment }) => payment === id).map((a) => a.amount))
  const told = new Map(claims.payments.map((payment) => [payment.id as string, payment]))
  ledger.compare('payments that are told', 'the list', claims.payments.length, payments.length)
  for (const payment of payments) {
    const { id, kind, currency, amount, status } = payment
    const record = `${kind} ${id}`
    // Whoever began it may be gone: the worker asks the provider in their place.
    ledger.compare('payments that stay pending', record, status === 'pending', false)
    for (const { invoice } of allocations.filter((one) => one.payment === id))
      ledger.compare('currencies of allocations', record, invoiceOf.get(invoice)?.currency, currency)
    if (kind !== 'payment' || status !== 'succeeded') continue
    const refunds = payments.filter((one) => one.refunds === id && one.status === 'succeeded')
    const refunded = sum(refunds.map((refund) => refund.amount))
    const allocated = refunds.reduce((left, refund) => left - allocatedBy(refund.id), allocatedBy(id))
    const free = BigInt(amount) - refunded - allocated
    ledger.compare('payments that are given out once', record, free >= 0n && allocated >= 0n, true)
    const { refundedMinor, unallocatedMinor } = told.get(id) ?? {}
    const should = { refundedMinor: Number(refunded), unallocatedMinor: Number(free) }
    ledger.compare('what is left of payments', record, { refundedMinor, unallocatedMinor }, should)
  }
}

/** Revenue of each month and what is overdue, each currency by itself. */
function auditRevenue(books: Books, ledger: Ledger, { dashboard }: Claims): void {
  const issued = new Map<string, bigint>()
  const paid = new Map<string, bigint>()
  const overdue = new Map<string, { count: number; amount: bigint }>()
  for (const invoice of books.invoices) {
    const { status, kind, issued: day, currency, total } = invoice
    if (day !== null && (status === 'issued' || status === 'written_off'))
      add(issued, `${day.slice(0, 7)} ${currency}`, kind === 'credit_note' ? -BigInt(total) : BigInt(total))
    const late = balanceOf(books, invoice).overdue
    if (late <= 0n) continue
    const before = overdue.get(currency) ?? { count: 0, amount: 0n }
    overdue.set(currency, { count: before.count + 1, amount: before.amount + late })
  }
  for (const { status, kind, month, currency, amount } of books.payments)
    if (status === 'succeeded') add(paid, `${month} ${currency}`, kind === 'refund' ? -BigInt(amount) : BigInt(amount))
  for (const key of new Set([...issued.keys(), ...paid.keys()])) {
    const told = dashboard.revenue.find(({ month, currency }) => `${month} ${currency}` === key)
    const should = [Number(issued.get(key) ?? 0n), Number(paid.get(key) ?? 0n)]
    ledger.compare('revenue', `the dashboard of ${key}`, [told?.issuedMinor, told?.paidMinor], should)
  }
  for (const [currency, { count, amount }] of overdue) {
    const told = dashboard.overdue.find((line) => line.currency === currency)
    ledger.compare('overdue', `the dashboard in ${currency}`, [told?.count, told?.amountMinor], [count, Number(amount)])
  }
}

function add(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount)
}

function sum(amounts: readonly string[]): bigint {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n)
}
