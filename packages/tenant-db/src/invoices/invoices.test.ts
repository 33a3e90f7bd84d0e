import { InvoiceListQuery, type Invoice } from '@tenantry/contracts/invoices'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  test('a draft has no number, and gets number, day and address when it is issued', async () => {
    const { mine } = placement()
    const account = await mine.write((db) =>
      db.accounts.create(accountInput({ name: 'Lumen', billingCity: 'Ulm', paymentTermsDays: 30 })),
    )
    const draft = await mine.write((db) =>
      db.invoices.create(invoiceInput({ accountId: account.id, poNumber: 'PO 7' })),
    )
    expect(draft).toMatchObject({ number: null, state: 'draft', balanceMinor: 0, totalMinor: 10_000, billTo: null })
    const issued = await mine.write((db) => db.invoices.issue(draft))
    const today = await mine.read.company.today()
    expect(issued).toMatchObject({
      number: expect.stringMatching(/^INV-\d{4}$/),
      state: 'unpaid',
      balanceMinor: 10_000,
      issuedOn: today,
      dueOn: daysAfter(today, 30),
      billTo: { name: 'Lumen', city: 'Ulm', taxId: null },
    })
    await mine.write((db) => db.accounts.patch({ id: account.id, version: 1, patch: { name: 'Renamed' } }))
    expect((await mine.read.invoices.byId(draft.id)).billTo).toEqual(issued.billTo)
    expect((await mine.read.invoices.list(InvoiceListQuery.parse({ search: 'po 7' }))).rows).toMatchObject([
      { id: draft.id, number: issued.number, accountName: 'Renamed' },
    ])
  })

  test('an issued invoice is neither changed, deleted nor issued again', async () => {
    const { mine } = placement()
    const invoice = await issued(mine, 10_000)
    const attempts = await Promise.allSettled([
      mine.write((db) => db.invoices.patch({ ...at(invoice), patch: { notes: 'more' } })),
      mine.write((db) => db.invoices.remove(at(invoice))),
      mine.write((db) => db.invoices.issue(at(invoice))),
    ])
    for (const attempt of attempts) expect(attempt).toMatchObject({ reason: { code: 'RULE_VIOLATED' } })
    expect(await mine.read.invoices.byId(invoice.id)).toEqual(invoice)
  })

  test('the parts in which an invoice is paid are its total, or it is not issued', async () => {
    const { mine } = placement()
    const { id: accountId } = await mine.write((db) => db.accounts.create(accountInput()))
    const part = (amountMinor: number, dueOn: string) => ({ label: 'Part', amountMinor, dueOn })
    const wrong = await mine.write((db) =>
      db.invoices.create(invoiceInput({ accountId, schedule: [part(4_000, '2030-01-01'), part(5_999, '2030-02-01')] })),
    )
    await expect(mine.write((db) => db.invoices.issue(wrong))).rejects.toMatchObject({ data: { field: 'schedule' } })
    const schedule = [part(4_000, '2030-03-01'), part(6_000, '2030-02-01')]
    const patched = await mine.write((db) => db.invoices.patch({ ...at(wrong), patch: { schedule } }))
    expect(patched.schedule).toEqual(schedule)
    expect(await mine.write((db) => db.invoices.issue(patched))).toMatchObject({ dueOn: '2030-03-01', schedule })
    const nothing = await mine.write((db) => db.invoices.create(invoiceInput({ accountId, lines: [] })))
    await expect(mine.write((db) => db.invoices.issue(nothing))).rejects.toMatchObject({ data: { field: 'lines' } })
  })

  test('overdue is what the parts behind us claim and nobody paid, by the day of the company', async () => {
    const { mine } = placement()
    await mine.write((db) =>
      db.company.put({ name: 'A', timeZone: 'Pacific/Pago_Pago', locale: 'en', currency: 'USD' }),
    )
    const day = await mine.read.company.today()
    const { id: accountId } = await mine.write((db) => db.accounts.create(accountInput()))
    const schedule = [
      { label: 'First', amountMinor: 3_000, dueOn: daysAfter(day, -1) },
      { label: 'Second', amountMinor: 3_000, dueOn: day },
      { label: 'Third', amountMinor: 4_000, dueOn: '2090-01-01' },
    ]
    const draft = await mine.write((db) => db.invoices.create(invoiceInput({ accountId, schedule })))
    const invoice = await mine.write((db) => db.invoices.issue(draft))
    expect(invoice).toMatchObject({ state: 'overdue', overdueMinor: 3_000 })
    await pay(mine, invoice, 1_000)
    expect(await mine.read.invoices.byId(invoice.id)).toMatchObject({ state: 'overdue', overdueMinor: 2_000 })
    // A day later the second part is due too.
    await mine.write((db) =>
      db.company.put({ name: 'A', timeZone: 'Pacific/Kiritimati', locale: 'en', currency: 'USD' }),
    )
    expect(await mine.read.invoices.byId(invoice.id)).toMatchObject({ state: 'overdue', overdueMinor: 5_000 })
    await pay(mine, invoice, 5_000)
    expect(await mine.read.invoices.byId(invoice.id)).toMatchObject({ state: 'partially_paid', overdueMinor: 0 })
    const listed = await mine.read.invoices.list(InvoiceListQuery.parse({ filters: { accountId, state: ['overdue'] } }))
    expect(listed.rows).toEqual([])
  })

  test('a credit note counts like a payment, and what was paid beyond the rest stays until it is given back', async () => {
    const { mine } = placement()
    const invoice = await issued(mine, 10_000)
    await pay(mine, invoice, 8_000)
    const note = await mine.write((db) =>
      db.invoices.credit({ ...at(invoice), reason: 'Props were missing', lines: lines(2_500) }),
    )
    expect(note).toMatchObject({
      kind: 'credit_note',
      number: expect.stringMatching(/^CN-/),
      creditsInvoiceId: invoice.id,
      state: 'issued',
      balanceMinor: 0,
      totalMinor: 2_500,
      billTo: invoice.billTo,
    })
    const credited = await mine.read.invoices.byId(invoice.id)
    expect(credited).toMatchObject({ state: 'paid', creditedMinor: 2_500, balanceMinor: -500 })
    await expect(
      mine.write((db) => db.invoices.credit({ ...at(credited), reason: 'Again', lines: lines(7_501) })),
    ).rejects.toMatchObject({ code: 'RULE_VIOLATED', data: { field: 'lines' } })
    await mine.write((db) => db.invoices.void({ ...at(note), reason: 'They were there after all' }))
    expect(await mine.read.invoices.byId(invoice.id)).toMatchObject({ creditedMinor: 0, balanceMinor: 2_000 })
  })

  test('credit notes that are written at once never take back more than the invoice claims', async () => {
    const { mine } = placement()
    const invoice = await issued(mine, 10_000)
    const attempts = await Promise.allSettled(
      Array.from({ length: 6 }, () =>
        mine.write((db) => db.invoices.credit({ ...at(invoice), reason: 'Sorry', lines: lines(3_000) })),
      ),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(await mine.read.invoices.byId(invoice.id)).toMatchObject({ creditedMinor: 9_000, balanceMinor: 1_000 })
  })

  test('an invoice with money or a credit note on it is not voided, and one that is paid at the same moment is one or the other', async () => {
    const { mine } = placement()
    for (let round = 0; round < 6; round++) {
      const invoice = await issued(mine, 10_000)
      const [paid, voided] = await Promise.allSettled([
        pay(mine, invoice, 10_000),
        mine.write((db) => db.invoices.void({ ...at(invoice), reason: 'A mistake' })),
      ])
      expect([paid.status, voided.status].toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(await mine.read.invoices.byId(invoice.id)).toMatchObject(
        paid.status === 'fulfilled' ? { state: 'paid' } : { state: 'void', balanceMinor: 0, paidMinor: 0 },
      )
    }
  })

  test('what nobody will pay is written off, and owed by nobody', async () => {
    const { mine } = placement()
    const invoice = await issued(mine, 10_000)
    await pay(mine, invoice, 4_000)
    const closed = await mine.write((db) => db.invoices.writeOff({ ...at(invoice), reason: 'Bankrupt' }))
    expect(closed).toMatchObject({ state: 'written_off', closedReason: 'Bankrupt', paidMinor: 4_000, balanceMinor: 0 })
    await expect(pay(mine, invoice, 1)).rejects.toMatchObject({ code: 'RULE_VIOLATED' })
  })

  test('invoices that are issued at once have numbers without a gap, and one that cannot be issued takes none', async () => {
    const { theirs } = placement()
    const { id: accountId } = await theirs.write((db) => db.accounts.create(accountInput()))
    const drafts = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        theirs.write((db) => db.invoices.create(invoiceInput({ accountId, lines: index % 4 === 0 ? [] : lines(100) }))),
      ),
    )
    const attempts = await Promise.allSettled(drafts.map((draft) => theirs.write((db) => db.invoices.issue(draft))))
    const numbers = attempts.flatMap((each) =>
      each.status === 'fulfilled' ? [Number(each.value.number?.slice(4))] : [],
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1))
  })

  test('invoices of another tenant are neither issued, voided, written off nor credited, as if there were none', async () => {
    const { mine, theirs } = placement()
    const foreign = await issued(theirs, 10_000)
    const attempts = await Promise.allSettled([
      mine.write((db) => db.invoices.issue(at(foreign))),
      mine.write((db) => db.invoices.void({ ...at(foreign), reason: 'x' })),
      mine.write((db) => db.invoices.writeOff({ ...at(foreign), reason: 'x' })),
      mine.write((db) => db.invoices.credit({ ...at(foreign), reason: 'x' })),
    ])
    for (const attempt of attempts) expect(attempt).toMatchObject({ reason: { code: 'NOT_FOUND' } })
    expect(await theirs.read.invoices.byId(foreign.id)).toEqual(foreign)
  })
})

function lines(unitPriceMinor: number) {
  return invoiceInput({ accountId: crypto.randomUUID(), lines: [invoiceLine({ unitPriceMinor })] }).lines
}

async function issued(desk: Desk, unitPriceMinor: number): Promise<Invoice> {
  return desk.write(async (db) => {
    const { id: accountId } = await db.accounts.create(accountInput())
    const draft = await db.invoices.create(invoiceInput({ accountId, lines: [invoiceLine({ unitPriceMinor })] }))
    return db.invoices.issue(draft)
  })
}

function pay(desk: Desk, { id: invoiceId, accountId }: Invoice, amountMinor: number) {
  const allocations = [{ invoiceId, amountMinor }]
  return desk.write((db) => db.payments.record(paymentInput({ accountId, amountMinor, allocations })))
}

function at({ id, version }: Invoice) {
  return { id, version }
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
