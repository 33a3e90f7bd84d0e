import type { AdminRun } from '@tenantry/connections/admin'
import { instantOf, spanOf, type LocalSpan } from './calendar.ts'
import type { Claims } from './claims.ts'
import type { Ledger } from './finding.ts'

interface Shown extends LocalSpan, Record<string, unknown> {
  id: string
  status: string
  eventStatus: string
}

const taking = ['confirmed', 'in_progress', 'completed']

/** The calendar that people subscribe to has each date of an event once, at its instants and with what became of it. */
export async function auditFeed(run: AdminRun, ledger: Ledger, { feed }: Claims): Promise<void> {
  const dates = await run<Shown>(`select d.id, d.local_date::text as day, d.start_time::text as start,
    d.end_time::text as end, d.ends_next_day as "nextDay", d.time_zone as zone, d.status, e.status as "eventStatus"
    from crm.event_dates d join crm.events e on e.id = d.event_id where d.deleted_at is null and e.deleted_at is null`)
  const entries = entriesOf(feed)
  const ids = dates.map(({ id }) => `${id}@tenantry`)
  ledger.compare('entries of the calendar', 'the feed', entries.map(({ uid }) => uid).toSorted(), ids.toSorted())
  for (const date of dates) {
    const entry = entries.find(({ uid }) => uid === `${date.id}@tenantry`)
    const { from, until } = spanOf(date)
    const isOff = date.status === 'cancelled' || date.eventStatus === 'cancelled'
    const status = isOff ? 'CANCELLED' : taking.includes(date.eventStatus) ? 'CONFIRMED' : 'TENTATIVE'
    const said = entry && { from: entry.from, until: entry.until, status: entry.status }
    ledger.compare('dates in the calendar', `date ${date.id}`, said, { from, until, status })
  }
}

interface Entry {
  uid: string
  status: string | undefined
  from: number
  until: number
}

/** As RFC 5545 has them: a line that begins with a space goes on with the one before. */
function entriesOf(feed: string): Entry[] {
  const text = feed.replaceAll(/\r?\n[ \t]/g, '')
  return [...text.matchAll(/BEGIN:VEVENT\r?\n([\s\S]*?)END:VEVENT/g)].map(([, body = '']) => {
    const line = (name: string) => new RegExp(`^${name}((?:;[^:\\r\\n]*)?):(.*?)\\r?$`, 'm').exec(body) ?? []
    const instant = (name: string) => {
      const [, parameters = '', value = ''] = line(name)
      const [, year, month, day, hour, minute, utc] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\d(Z?)$/.exec(value) ?? []
      const zone = utc === 'Z' ? 'UTC' : (/;TZID=([^;]+)/.exec(parameters)?.[1] ?? 'none')
      return instantOf(`${year}-${month}-${day}`, `${hour}:${minute}`, zone)
    }
    return { uid: line('UID')[2] ?? '', status: line('STATUS')[2], from: instant('DTSTART'), until: instant('DTEND') }
  })
}
