import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import { EventDateListQuery } from '@tenantry/contracts/event-dates'
import { EventListQuery } from '@tenantry/contracts/events'
import type { UserId } from '@tenantry/contracts/ids'
import { InvoiceListQuery } from '@tenantry/contracts/invoices'
import { OpportunityListQuery } from '@tenantry/contracts/opportunities'
import type { Page } from '@tenantry/contracts/pages'
import { PaymentListQuery } from '@tenantry/contracts/payments'
import { TaskListQuery } from '@tenantry/contracts/tasks'
import type { TenantReader } from '../reader.ts'

/** What a dashboard has to say, added up one row after another from what the lists show. Of all months. */
export async function naiveOverview(
  db: TenantReader,
  { timeZone, assigneeId }: { timeZone: string; assigneeId?: UserId },
): Promise<DashboardOverview> {
  const today = await db.company.today()
  return { today, ...(await openOf(db)), ...(await moneyOf(db, timeZone)), ...(await agendaOf(db, today, assigneeId)) }
}

async function openOf(db: TenantReader): Promise<Pick<DashboardOverview, 'pipeline' | 'forecast'>> {
  const pipelines = await db.pipelines.list()
  const open = (
    await everyRow((cursor) => db.opportunities.list(OpportunityListQuery.parse({ cursor, limit: 200 })))
  ).filter(({ outcome }) => outcome === null)
  const pipeline = new Sums<DashboardOverview['pipeline'][number]>()
  const forecast = new Sums<DashboardOverview['forecast'][number]>()
  for (const { pipelineId, stageId, stageName, currency, amountMinor, expectedMinor, ...row } of open) {
    const more = { count: 1, amountMinor, expectedMinor }
    const pipelineName = pipelines.find(({ id }) => id === pipelineId)?.name ?? ''
    pipeline.add({ pipelineId, pipelineName, stageId, stageName, currency }, more)
    forecast.add({ month: row.expectedCloseOn?.slice(0, 7) ?? null, category: row.forecastCategory, currency }, more)
  }
  return { pipeline: pipeline.all(), forecast: forecast.all() }
}

async function moneyOf(db: TenantReader, timeZone: string): Promise<Pick<DashboardOverview, 'revenue' | 'overdue'>> {
  const shown = (show: 'active' | 'archived') =>
    everyRow((cursor) => db.invoices.list(InvoiceListQuery.parse({ cursor, limit: 200, show })))
  const invoices = [...(await shown('active')), ...(await shown('archived'))]
  const payments = await everyRow((cursor) => db.payments.list(PaymentListQuery.parse({ cursor, limit: 200 })))
  const revenue = new Sums<DashboardOverview['revenue'][number]>()
  const overdue = new Sums<DashboardOverview['overdue'][number]>()
  // As Canadians write it: 2027-05.
  const monthOf = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' })
  for (const { status, kind, issuedOn, currency, totalMinor, overdueMinor } of invoices) {
    if ((status === 'issued' || status === 'written_off') && issuedOn !== null) {
      const issuedMinor = kind === 'credit_note' ? -totalMinor : totalMinor
      revenue.add({ month: issuedOn.slice(0, 7), currency }, { issuedMinor, paidMinor: 0 })
    }
    if (overdueMinor > 0) overdue.add({ currency }, { count: 1, amountMinor: overdueMinor })
  }
  for (const { status, kind, receivedAt, currency, amountMinor } of payments) {
    if (status !== 'succeeded') continue
    const month = monthOf.format(new Date(receivedAt))
    const paidMinor = kind === 'refund' ? -amountMinor : amountMinor
    revenue.add({ month, currency }, { issuedMinor: 0, paidMinor })
  }
  return { revenue: revenue.all(), overdue: overdue.all() }
}

async function agendaOf(
  db: TenantReader,
  today: string,
  assigneeId: UserId | undefined,
): Promise<Pick<DashboardOverview, 'upcoming' | 'tasks'>> {
  const events = await everyRow((cursor) => db.events.list(EventListQuery.parse({ cursor, limit: 200 })))
  const dates = await everyRow((cursor) => db.eventDates.list(EventDateListQuery.parse({ cursor, limit: 200 })))
  const upcoming = dates.flatMap((date) => {
    const event = events.find(({ id }) => id === date.eventId)
    const isOver = new Date(date.endsAt).getTime() <= Date.now()
    if (event === undefined || isOver || date.status !== 'scheduled') return []
    if (['completed', 'cancelled', 'postponed'].includes(event.status)) return []
    const { id: eventDateId, label, locationName, localDate, startTime, timeZone, startsAt, endsAt } = date
    const { id: eventId, title, status } = event
    return {
      eventDateId,
      eventId,
      title,
      status,
      label,
      locationName,
      localDate,
      startTime,
      timeZone,
      startsAt,
      endsAt,
    }
  })
  const tasks = (await everyRow((cursor) => db.tasks.list(TaskListQuery.parse({ cursor, limit: 200 }))))
    .filter(({ status }) => status === 'open' || status === 'in_progress')
    .filter((task) => assigneeId === undefined || task.assigneeId === assigneeId)
    .flatMap(({ id, title, priority, assigneeId: whose, assigneeName, dueOn, dueTime }) =>
      dueOn === null ? [] : { id, title, priority, assigneeId: whose, assigneeName, dueOn, dueTime },
    )
  const count = (many: object[]) => ({ count: many.length, capped: false })
  return {
    upcoming: upcoming
      .toSorted((a, b) => (`${a.startsAt} ${a.eventDateId}` < `${b.startsAt} ${b.eventDateId}` ? -1 : 1))
      .slice(0, 10),
    tasks: {
      overdue: count(tasks.filter(({ dueOn }) => dueOn < today)),
      dueToday: count(tasks.filter(({ dueOn }) => dueOn === today)),
      next: tasks.toSorted((a, b) => (`${a.dueOn} ${a.id}` < `${b.dueOn} ${b.id}` ? -1 : 1)).slice(0, 10),
    },
  }
}

async function everyRow<Row>(page: (cursor: string | null) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { rows: more, nextCursor } = await page(cursor ?? null)
    rows.push(...more)
    cursor = nextCursor
  }
  return rows
}

/** Sums of lines that are alike in everything but their numbers. */
class Sums<Line extends object> {
  readonly #lines = new Map<string, Record<string, unknown>>()

  add<Key extends Partial<Line>>(key: Key, more: Record<Exclude<keyof Line, keyof Key> & string, number>): void {
    const line = this.#lines.get(JSON.stringify(key)) ?? { ...key }
    for (const [name, amount] of Object.entries<number>(more)) line[name] = Number(line[name] ?? 0) + amount
    this.#lines.set(JSON.stringify(key), line)
  }

  all(): Line[] {
    // The key and the numbers are all that a line has.
    return [...this.#lines.values()] as Line[]
  }
}
