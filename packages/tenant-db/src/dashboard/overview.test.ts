import { statement } from '@tenantry/connections/statement'
import { DashboardQuery, type DashboardOverview } from '@tenantry/contracts/dashboard'
import type { AccountId, UserId } from '@tenantry/contracts/ids'
import type { Pipeline } from '@tenantry/contracts/pipelines'
import { accountInput } from '@tenantry/testing/factories/account'
import { eventInput } from '@tenantry/testing/factories/event'
import { eventDateInput } from '@tenantry/testing/factories/event-date'
import { invoiceInput, invoiceLine } from '@tenantry/testing/factories/invoice'
import { opportunityInput } from '@tenantry/testing/factories/opportunity'
import { paymentInput } from '@tenantry/testing/factories/payment'
import { pipelineInput } from '@tenantry/testing/factories/pipeline'
import { taskInput } from '@tenantry/testing/factories/task'
import { InvoiceLineInput } from '@tenantry/contracts/document-lines'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { inEveryPlacement, type Desk } from '../placements.fixture.ts'
import type { TenantDb } from '../writer.ts'
import { naiveOverview } from './model.fixture.ts'

/** Far from UTC, so that months begin at another moment. */
const timeZone = 'Pacific/Kiritimati'
const query = DashboardQuery.parse({ months: 36 })

inEveryPlacement((placement) => {
  let company: Company
  let colleague: Desk

  beforeAll(async () => {
    const { mine, theirs } = placement()
    colleague = await mine.limited((person) => {
      const own = { opportunity: [person], event: [person], task: [person], invoice: [person] }
      return { see: own, change: own }
    })
    company = await mine.write(async (db) => {
      await db.company.put({ name: 'Ours', timeZone, locale: 'en', currency: 'USD' })
      const pipelines = [await db.pipelines.create(pipelineInput()), await db.pipelines.create(pipelineInput())]
      const account = await db.accounts.create(accountInput())
      return { pipelines, accountId: account.id, people: [mine.person.id, colleague.person.id, null] }
    })
    await theirs.write(async (db) => {
      const pipelines = [await db.pipelines.create(pipelineInput())]
      const { id: accountId } = await db.accounts.create(accountInput())
      const theirCompany = { pipelines, accountId, people: [theirs.person.id, null] }
      for (const one of fc.sample(fc.record(anything), { numRuns: 3, seed: 1 })) {
        await enter(db, theirCompany, one)
        await claim(db, theirCompany, one.invoice)
      }
    })
  })

  test('a company without anything has a dashboard of nothing', async () => {
    expect(await placement().mine.read.dashboard.overview(query)).toEqual({
      today: await placement().mine.read.company.today(),
      pipeline: [],
      forecast: [],
      revenue: [],
      overdue: [],
      upcoming: [],
      tasks: { overdue: { count: 0, capped: false }, dueToday: { count: 0, capped: false }, next: [] },
    })
  })

  test('whatever was entered, it says what adding up the lists row by row says, to each what they see', async () => {
    const { mine } = placement()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record(anything), { minLength: 5, maxLength: 5 }), async (many) => {
        for (const one of many) {
          await mine.write((db) => enter(db, company, one))
          const author = one.invoice.author % 2 === 0 ? mine : colleague
          const older = await author.write((db) => claim(db, company, one.invoice))
          await mine.database.transaction((tx) => tx.run(backdate, older))
        }
        for (const desk of [mine, colleague]) {
          const shown = await desk.read.dashboard.overview(query)
          expect(inAnyOrder(shown)).toEqual(inAnyOrder(await naiveOverview(desk.read, { timeZone })))
        }
      }),
      // What was entered stays, so trying the same again in a smaller size would say something else.
      { seed: 1, numRuns: 3, endOnFailure: true },
    )
    const [all, few] = [await mine.read.dashboard.overview(query), await colleague.read.dashboard.overview(query)]
    expect(countOf(few)).toBeGreaterThan(0)
    expect(countOf(all)).toBeGreaterThan(countOf(few))
    expect(few.revenue).not.toEqual(all.revenue)
  })

  test('months before those asked for are left out, and tasks of others where somebody is named', async () => {
    const { mine } = placement()
    for (const assigneeId of [mine.person.id, colleague.person.id, null])
      await mine.write((db) => db.tasks.create(taskInput({ assigneeId, dueOn: '2026-01-01' })))
    const { revenue } = await mine.read.dashboard.overview(query)
    const month = (await mine.read.company.today()).slice(0, 7)
    const now = await mine.read.dashboard.overview(DashboardQuery.parse({ months: 1, assigneeId: mine.person.id }))
    expect(revenue.filter((line) => line.month < month)).not.toEqual([])
    expect(now.revenue).toEqual(revenue.filter((line) => line.month >= month))
    const { tasks } = await naiveOverview(mine.read, { timeZone, assigneeId: mine.person.id })
    expect(tasks.overdue.count).toBeGreaterThan(0)
    expect(now.tasks).toEqual(tasks)
  })

  test('pipelines and stages come in the order of boards, months in theirs', async () => {
    const { pipeline, forecast } = await placement().mine.read.dashboard.overview(query)
    const stages = company.pipelines.flatMap(({ stages: all }) => all.map(({ id }) => id))
    const places = pipeline.map(({ stageId }) => stages.indexOf(stageId))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    const months = forecast.map(({ month }) => month ?? '~')
    expect(months).toEqual(months.toSorted())
  })
})

interface Company {
  pipelines: Pipeline[]
  accountId: AccountId
  people: (UserId | null)[]
}

const pick = fc.nat({ max: 5 })
const days = fc.integer({ min: -120, max: 120 })
const amount = fc.integer({ min: 1, max: 5_000_000 })
const currency = fc.constantFrom('USD', 'EUR', 'JPY')
const away = fc.constantFrom('live', 'live', 'live', 'archived', 'removed')

/** A row of each kind and what happened to it. */
const anything = {
  opportunity: fc.record({ stage: pick, owner: pick, amount, currency, closes: fc.option(days), away }),
  invoice: fc.record({
    amount,
    currency,
    due: days,
    age: fc.nat({ max: 400 }),
    parts: fc.boolean(),
    paid: fc.constantFrom(0, 0.25, 1, 1.5),
    received: fc.nat({ max: 400 }),
    givenBack: fc.boolean(),
    fate: fc.constantFrom('draft', 'issued', 'issued', 'credited', 'void', 'written_off'),
    pending: fc.boolean(),
    archived: fc.boolean(),
    author: pick,
  }),
  event: fc.record({
    begins: fc.integer({ min: -3, max: 30 }),
    status: fc.constantFrom('prospect', 'tentative', 'cancelled'),
    dateStatus: fc.constantFrom('scheduled', 'scheduled', 'cancelled'),
    owner: pick,
    away,
    dateAway: away,
  }),
  task: fc.record({
    due: fc.option(fc.integer({ min: -2, max: 10 })),
    status: fc.constantFrom('open', 'in_progress', 'done', 'cancelled'),
    assignee: pick,
    away,
  }),
} as const
type Anything = {
  [Kind in keyof typeof anything]: (typeof anything)[Kind] extends fc.Arbitrary<infer Row> ? Row : never
}

/** An opportunity, an event with a date, and a task. */
async function enter(db: TenantDb, company: Company, { opportunity, event, task }: Anything): Promise<void> {
  const { accountId, pipelines, people } = company
  const today = await db.company.today()
  const personOf = (place: number) => people[place % people.length] ?? null
  const dayOf = (offset: number | null) => (offset === null ? null : daysAfter(today, offset))
  const stages = pipelines.flatMap((pipeline) => pipeline.stages)
  const stage = stages[opportunity.stage % stages.length]
  if (stage === undefined) throw new Error('a pipeline has stages')
  const { amount: amountMinor, currency: code } = opportunity
  const deal = await db.opportunities.create(
    opportunityInput({
      pipelineId: stage.pipelineId,
      amountMinor,
      currency: code,
      ownerId: personOf(opportunity.owner),
      expectedCloseOn: dayOf(opportunity.closes),
    }),
  )
  const moved =
    stage.id === deal.stageId
      ? deal
      : await db.opportunities.move({ id: deal.id, version: 1, stageId: stage.id, lostReason: 'Too dear' })
  if (opportunity.away !== 'live') await putAway(db.opportunities, opportunity.away, moved)

  const happening = await db.events.create(eventInput({ accountId, ownerId: personOf(event.owner) }))
  const date = await db.eventDates.create(
    eventDateInput({ eventId: happening.id, localDate: daysAfter(today, event.begins), timeZone: 'UTC' }),
  )
  const { id, version } = date
  const settled =
    event.dateStatus === 'scheduled'
      ? date
      : await db.eventDates.patch({ id, version, patch: { status: event.dateStatus } })
  if (event.dateAway !== 'live') await putAway(db.eventDates, event.dateAway, settled)
  let state = await db.events.byId(happening.id)
  if (event.status !== 'prospect')
    state = await db.events.setStatus({ id: state.id, version: state.version, status: event.status, reason: 'Rain' })
  if (event.away !== 'live') await putAway(db.events, event.away, state)

  const { status, assignee, due } = task
  const job = await db.tasks.create(taskInput({ status, assigneeId: personOf(assignee), dueOn: dayOf(due) }))
  if (task.away !== 'live') await putAway(db.tasks, task.away, job)
}

/** An invoice and what was paid on it. Gives the days by which it is older than it says. */
async function claim(db: TenantDb, { accountId }: Company, { amount: amountMinor, ...given }: Anything['invoice']) {
  const today = await db.company.today()
  const dueOn = daysAfter(today, given.due)
  const part = (label: string, minor: number, day: string) => ({ label, amountMinor: minor, dueOn: day })
  const half = Math.floor(amountMinor / 2)
  const schedule =
    given.parts && half > 0 ? [part('First', half, dueOn), part('Rest', amountMinor - half, '2090-01-01')] : []
  let invoice = await db.invoices.create(
    invoiceInput({
      accountId,
      currency: given.currency,
      dueOn,
      schedule,
      lines: [invoiceLine({ unitPriceMinor: amountMinor })],
    }),
  )
  const receivedAt = `${daysAfter(today, -given.received)}T11:00:00Z`
  if (given.fate !== 'draft') {
    invoice = await db.invoices.issue(invoice)
    const paid = Math.floor(amountMinor * given.paid)
    if (paid > 0 && given.fate !== 'void') {
      const allocations = [{ invoiceId: invoice.id, amountMinor: Math.min(paid, amountMinor) }]
      const payment = await db.payments.record(
        paymentInput({ accountId, amountMinor: paid, currency: given.currency, allocations, receivedAt }),
      )
      const back = { paymentId: payment.id, amountMinor: Math.ceil(paid / 3), idempotencyKey: payment.id }
      if (given.givenBack) await db.payments.refund(back)
    }
    invoice = await db.invoices.byId(invoice.id)
    const closing = { id: invoice.id, version: invoice.version, reason: 'Because' }
    if (given.fate === 'void') invoice = await db.invoices.void(closing)
    if (given.fate === 'written_off' && invoice.balanceMinor > 0) invoice = await db.invoices.writeOff(closing)
    if (given.fate === 'credited' && half > 0)
      await db.invoices.credit({ ...closing, lines: [InvoiceLineInput.parse(invoiceLine({ unitPriceMinor: half }))] })
  }
  if (given.pending)
    await db.payments.record({
      ...paymentInput({ accountId, amountMinor, currency: given.currency, receivedAt }),
      status: 'pending',
    })
  const { id, version } = await db.invoices.byId(invoice.id)
  if (given.archived) await db.invoices.archive({ id, version })
  return { id, days: given.age }
}

function putAway<Id>(
  records: Record<'archive' | 'remove', (at: { id: Id; version: number }) => Promise<unknown>>,
  how: 'archived' | 'removed',
  { id, version }: { id: Id; version: number },
): Promise<unknown> {
  return how === 'archived' ? records.archive({ id, version }) : records.remove({ id, version })
}

/** A document says the day on which it was issued, which is always the day it is. */
const backdate = statement<{ id: string; days: number }, never>((db) =>
  db.execute(sql`update crm.invoices set issued_on = issued_on - ${sql.placeholder('days')}::integer
    where id = ${sql.placeholder('id')} or credits_invoice_id = ${sql.placeholder('id')}`),
)

function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10)
}

function countOf({ pipeline }: DashboardOverview): number {
  return pipeline.reduce((sum, { count }) => sum + count, 0)
}

/** Lines that are sums come in an order of their own; dates and tasks in that of time. */
function inAnyOrder(overview: DashboardOverview): DashboardOverview {
  const sorted = <Line>(lines: Line[]) =>
    lines.toSorted((a, b) => (JSON.stringify(entriesOf(a)) < JSON.stringify(entriesOf(b)) ? -1 : 1))
  const { pipeline, forecast, revenue, overdue } = overview
  return {
    ...overview,
    pipeline: sorted(pipeline),
    forecast: sorted(forecast),
    revenue: sorted(revenue.filter(({ issuedMinor, paidMinor }) => issuedMinor !== 0 || paidMinor !== 0)),
    overdue: sorted(overdue),
  }
}

function entriesOf(line: unknown): unknown[] {
  return Object.entries(line as object).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
