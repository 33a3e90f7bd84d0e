import { InvoiceLineInput } from '@tenantry/contracts/document-lines'
import type { AccountId, InvoiceId, PaymentId } from '@tenantry/contracts/ids'
import { accountInput } from '@tenantry/testing/factories/account'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'

inEveryPlacement((placement) => {
  let accountId: AccountId
  let colleague: Desk

  beforeAll(async () => {
    const { mine, theirs } = placement()
    colleague = await mine.limited((person) => {
      const own = { invoice: [person] }
      return { see: own, change: own }
    })
    for (const desk of [mine, theirs]) {
      const { id } = await desk.write((db) => db.accounts.create(accountInput()))
      if (desk === mine) accountId = id
      await claimMany(desk, 50)
    }
  })

  test('whatever is done to invoices, in whatever order and by whomever, the sums are those of the rows, and what is overdue that of each invoice', async () => {
    const { mine, theirs } = placement()
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 25, maxLength: 25 }), async (deeds) => {
        for (const one of deeds) await perform(one)
        expect([await driftOf(mine), await driftOf(theirs)]).toEqual([0, 0])
        expect(await overdueOf(mine)).toEqual(await overdueByView(mine))
      }),
      // What was done stays, so trying the same again in a smaller size would say something else.
      { seed: 1, numRuns: 4, endOnFailure: true },
    )
    expect(await overdueOf(mine)).not.toEqual([])
    expect(await overdueOf(theirs)).toEqual(await overdueByView(theirs))
  })

  test('eight who write at once, while lines are gathered, wait for nobody and lose nothing', async () => {
    const { mine } = placement()
    const rolledBack = mine.database
      .transaction(async (tx) => {
        await tx.db.execute(manyClaims(200))
        throw new Error('taken back')
      })
      .catch(() => undefined)
    const writers = Array.from({ length: 8 }, async (_, place) => {
      // Of each invoice a line of more and one of less: about every fifth time the lines are gathered.
      if (place % 2 === 0) for (let times = 0; times < 3; times++) await claimMany(mine, 400)
      else for (const one of fc.sample(deed, { numRuns: 8, seed: place })) await perform(one)
    })
    await Promise.all([rolledBack, ...writers])
    expect(await driftOf(mine)).toBe(0)
    // None would be gone if nobody gathered; of all that are paid in full nothing is left then.
    expect(await linesOf(mine)).toBeLessThan(4 * 3 * 800)
  })

  test('sums that somebody has spoilt are found, and mended', async () => {
    const { mine } = placement()
    await mine.database.transaction((tx) =>
      tx.db.execute(sql`update crm.invoice_sums set left_minor = left_minor + 1
        where id in (select min(id) from crm.invoice_sums group by invoice_id limit 3)`),
    )
    expect(await driftOf(mine)).toBe(3)
    expect(await mine.write((db) => db.dashboard.mendSums())).toBe(3)
    expect(await driftOf(mine)).toBe(0)
  })

  /** Whoever else writes may have been faster: a deed that comes too late is none. */
  async function perform(one: Deed): Promise<void> {
    await attempt(one).catch((error: unknown) => {
      const { code } = error as { code?: string }
      if (!['STALE_WRITE', 'NOT_FOUND', 'RULE_VIOLATED', 'FORBIDDEN'].includes(String(code))) throw error
    })
  }

  async function attempt({ kind, place, amount, days, bySelf }: Deed): Promise<void> {
    const { mine } = placement()
    const desk = bySelf ? mine : colleague
    if (kind === 'claimMany') return claimMany(mine, 5)
    if (kind === 'claim') {
      const dueOn = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
      const half = Math.ceil(amount / 2)
      const part = (amountMinor: number, day: string) => ({ label: 'Part', amountMinor, dueOn: day })
      const parts = [part(half, dueOn), part(amount - half, '2090-01-01')]
      const schedule = place % 3 === 0 && amount > 1 ? parts : []
      const currency = place % 2 === 0 ? 'USD' : 'JPY'
      const lines = [invoiceLine({ unitPriceMinor: amount })]
      return await desk.write(async (db) => {
        const draft = await db.invoices.create(invoiceInput({ accountId, currency, dueOn, schedule, lines }))
        if (place % 5 > 0) await db.invoices.issue(draft)
      })
    }
    if (kind === 'settle' || kind === 'refund') {
      const id = await anyId<PaymentId>(mine, sql`crm.payments where kind = 'payment'`, place)
      if (id === undefined) return
      const status = place % 2 === 0 ? 'succeeded' : 'failed'
      await desk.write(async (db) => {
        if (kind === 'settle') await db.payments.settle({ id, status, providerRef: null })
        else await db.payments.refund({ paymentId: id, amountMinor: amount, idempotencyKey: randomUUID() })
      })
      return
    }
    const id = await anyId<InvoiceId>(mine, sql`crm.invoices where kind = 'invoice' and status <> 'void'`, place)
    if (id === undefined) return
    await desk.write(async (db) => {
      const { version, balanceMinor, currency, accountId: whose } = await db.invoices.byId(id)
      const at = { id, version, reason: 'Because' }
      if (kind === 'pay') {
        const amountMinor = place % 3 === 0 ? balanceMinor : Math.min(amount, balanceMinor)
        if (amountMinor <= 0) return
        const allocations = [{ invoiceId: id, amountMinor }]
        const input = paymentInput({ accountId: whose, currency, amountMinor, allocations })
        await db.payments.record({ ...input, status: place % 4 === 0 ? 'pending' : 'succeeded' })
      } else if (kind === 'credit') {
        const lines = [InvoiceLineInput.parse(invoiceLine({ unitPriceMinor: 1 + (amount % 50) }))]
        const note = await db.invoices.credit({ ...at, lines })
        if (place % 3 === 0) await db.invoices.void({ id: note.id, version: note.version, reason: 'Because' })
      } else if (kind === 'void') await db.invoices.void(at)
      else if (kind === 'writeOff') await db.invoices.writeOff(at)
      else await db.invoices.remove(at)
    })
  }
})

const deed = fc.record({
  kind: fc.constantFrom(
    ...([
      'claim',
      'claim',
      'claim',
      'pay',
      'pay',
      'pay',
      'refund',
      'settle',
      'credit',
      'credit',
      'void',
      'writeOff',
    ] as const),
    ...(['remove', 'claimMany'] as const),
  ),
  place: fc.nat({ max: 1000 }),
  amount: fc.integer({ min: 1, max: 9000 }),
  days: fc.integer({ min: -90, max: 30 }),
  bySelf: fc.boolean(),
})
type Deed = typeof deed extends fc.Arbitrary<infer One> ? One : never

/** Invoices of which nearly all are paid in full: a line of more and one of less for each. */
function manyClaims(rows: number) {
  return sql`
    with claimed as (
      insert into crm.invoices (number, status, account_id, currency, subtotal_minor, total_minor, issued_on, due_on, bill_to)
      select gen_random_uuid(), 'issued', a.id, 'EUR', 1000 + n, 1000 + n, '2026-01-01', '2026-01-01', '{}'
      from generate_series(1, ${rows}::integer) n, (select id from crm.accounts limit 1) a
      returning id, account_id, number, total_minor),
    paid as (
      insert into crm.payments (account_id, status, amount_minor, currency, method, received_at, idempotency_key)
      select account_id, 'succeeded', total_minor, 'EUR', 'card', now(), number from claimed returning id, idempotency_key)
    insert into crm.payment_allocations (payment_id, invoice_id, amount_minor)
    select p.id, c.id, case when c.total_minor % 50 = 0 then 10 else c.total_minor end
    from paid p join claimed c on c.number = p.idempotency_key`
}

async function claimMany({ database }: Desk, rows: number): Promise<void> {
  await database.transaction((tx) => tx.db.execute(manyClaims(rows)))
}

async function anyId<Id extends string>(
  desk: Desk,
  from: ReturnType<typeof sql>,
  place: number,
): Promise<Id | undefined> {
  const query = sql`select id from ${from} and created_by is not null order by hashtext(id::text || ${place}::text) limit 1`
  const [row] = await ask<{ id: Id }>(desk, query)
  return row?.id
}

function driftOf({ read }: Desk): Promise<number> {
  return read.dashboard.wrongSums()
}

async function overdueOf({ read }: Desk) {
  const { overdue } = await read.dashboard.overview({ months: 12 })
  return overdue
}

async function overdueByView(desk: Desk) {
  const rows = await ask(
    desk,
    sql`select i.currency::text as currency, count(*)::integer as count, sum(b.overdue_minor)::double precision as "amountMinor"
      from crm.invoice_balances b join crm.invoices i on i.id = b.id where b.overdue_minor > 0 group by 1 order by 1`,
  )
  return [...rows]
}

async function linesOf(desk: Desk): Promise<number> {
  const [row] = await ask<{ lines: number }>(desk, sql`select count(*)::integer as lines from crm.invoice_sums`)
  return row?.lines ?? 0
}

function ask<Row extends Record<string, unknown>>({ database }: Desk, query: ReturnType<typeof sql>): Promise<Row[]> {
  return database.transaction((tx) => tx.db.execute<Row>(query)) as Promise<Row[]>
}
