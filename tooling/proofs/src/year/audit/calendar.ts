import type { AdminRun } from '@tenantry/connections/admin'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'
import { groupBy } from './group-by.ts'

interface Booking extends Record<string, unknown> {
  id: string
  resource: string
  date: string | null
  state: string
  from: string
  until: string
  before: number
  after: number
}
interface EventDate extends Record<string, unknown> {
  id: string
  event: string | null
  day: string
  start: string
  end: string
  nextDay: boolean
  setup: number
  teardown: number
  zone: string
  status: string
  startsAt: string
  endsAt: string
  isLive: boolean
}
interface Event extends Record<string, unknown> {
  id: string
  title: string
  status: string
  first: string | null
  last: string | null
}

const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** When everything takes place, from local days, hours and zones; what is booked for it; and that nothing is booked twice. */
export async function auditCalendar(run: AdminRun, ledger: Ledger, claims: Claims): Promise<void> {
  const dates = await run<EventDate>(`select id, event_id as event, local_date::text as day, start_time::text as start,
    end_time::text as end, ends_next_day as "nextDay", setup_minutes as setup, teardown_minutes as teardown, time_zone as zone,
    status, ${utc('starts_at')} as "startsAt", ${utc('ends_at')} as "endsAt", deleted_at is null as "isLive" from crm.event_dates`)
  const bookings = await run<Booking>(`select b.id, b.resource_id as resource, b.event_date_id as date, b.state,
    ${utc('lower(b.blocked_range)')} as from, ${utc('upper(b.blocked_range)')} as until, r.buffer_before_minutes as before,
    r.buffer_after_minutes as after from crm.resource_bookings b join crm.resources r on r.id = b.resource_id`)
  const events = await run<Event>(
    `select id, title, status, ${utc('first_starts_at')} as first, ${utc('last_ends_at')} as last from crm.events`,
  )
  const spans = new Map(dates.map((date) => [date.id, spanOf(date)]))
  for (const { id, startsAt, endsAt } of dates)
    ledger.compare('hours of dates', `date ${id}`, { startsAt, endsAt }, instantsOf(spans.get(id)))
  auditBookings({ dates, bookings, spans }, ledger)
  auditOverlaps(bookings, ledger)
  auditEvents({ dates, bookings, events, spans }, ledger)
  const standing = bookings.filter(({ state }) => state !== 'released')
  ledger.compare(
    'bookings that are told',
    'the calendar',
    claims.bookings.map(({ id, state }) => `${id} ${state}`).toSorted(),
    standing.map(({ id, state }) => `${id} ${state}`).toSorted(),
  )
}

/** From one wall time to another, both in a zone. */
export type LocalSpan = Pick<EventDate, 'day' | 'start' | 'end' | 'nextDay' | 'zone'>

interface Span {
  from: number
  until: number
}

export function spanOf({ day, start, end, nextDay, zone }: LocalSpan): Span {
  const lastDay = nextDay ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : day
  return { from: instantOf(day, start, zone), until: instantOf(lastDay, end, zone) }
}

/** When a clock in the zone shows this: of the hours of a day around it the one that reads so there. */
export function instantOf(day: string, time: string, zone: string): number {
  const wall = Date.parse(`${day}T${time.slice(0, 5)}:00Z`)
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  for (let quarter = -60; quarter <= 60; quarter++) {
    const instant = wall + quarter * 15 * 60_000
    if (clock.format(instant) === `${day}, ${time.slice(0, 5)}`) return instant
  }
  throw new Error(`${day} ${time} is never in ${zone}`)
}

function instantsOf(span: Span | undefined) {
  const text = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')
  return span && { startsAt: text(span.from), endsAt: text(span.until) }
}

/** A booking blocks its date with set-up and tear-down, and what the resource needs before and after. */
function auditBookings(
  { dates, bookings, spans }: { dates: EventDate[]; bookings: Booking[]; spans: Map<string, Span> },
  ledger: Ledger,
): void {
  for (const { id, state, date: dateId, from, until, before, after } of bookings) {
    const date = dates.find((one) => one.id === dateId)
    const span = dateId === null ? undefined : spans.get(dateId)
    // A blackout is as it was entered, and what was released stays as it was.
    if (date === undefined || span === undefined || state === 'released') continue
    const blocked = {
      from: span.from - (date.setup + before) * 60_000,
      until: span.until + (date.teardown + after) * 60_000,
    }
    const said = { from: Date.parse(from), until: Date.parse(until) }
    ledger.compare('blocked times', `booking ${id}`, said, blocked)
  }
}

function auditOverlaps(bookings: readonly Booking[], ledger: Ledger): void {
  const confirmed = bookings.filter(({ state }) => state === 'confirmed')
  for (const [resource, own] of groupBy(confirmed, (booking) => booking.resource)) {
    const inOrder = own.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    for (const [index, booking] of inOrder.entries()) {
      const next = inOrder[index + 1]
      if (next === undefined) continue
      const overlaps = next.from < booking.until
      ledger.compare('double bookings', `resource ${resource} from ${next.from}`, overlaps, false)
    }
  }
}

/** An event lasts from its first date to its last one; what is confirmed holds nothing provisionally, what is cancelled nothing. */
function auditEvents(
  given: { dates: EventDate[]; bookings: Booking[]; events: Event[]; spans: Map<string, Span> },
  ledger: Ledger,
): void {
  for (const { id, title, status, first, last } of given.events) {
    const own = given.dates.filter(({ event, isLive }) => event === id && isLive)
    const taking = own.flatMap((date) => (date.status === 'cancelled' ? [] : (given.spans.get(date.id) ?? [])))
    const should = taking.length === 0 ? undefined : instantsOf(around(taking))
    ledger.compare(
      'spans of events',
      title,
      { first, last },
      {
        first: should?.startsAt ?? null,
        last: should?.endsAt ?? null,
      },
    )
    const states = given.bookings.filter(({ date }) => own.some((one) => one.id === date)).map(({ state }) => state)
    const expected = status === 'cancelled' ? 'released' : 'confirmed'
    const others = states.filter((state) => state !== expected && state !== 'released')
    if (status !== 'prospect' && status !== 'tentative') ledger.compare('bookings of events', title, others, [])
  }
}

function around(spans: readonly Span[]): Span {
  return { from: Math.min(...spans.map(({ from }) => from)), until: Math.max(...spans.map(({ until }) => until)) }
}
