import { Temporal } from 'temporal-polyfill'
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { tzlib_get_ical_block } from 'timezones-ical-library'
import type { CalendarDate } from '../planes.ts'

/** How often calendars are asked to look again. */
const refreshSeconds = 3600

/** Dates as iCalendar (RFC 5545): each in the zone of its venue, whose rules come along. */
export function calendarText({ name, dates }: { name: string; dates: readonly CalendarDate[] }): string {
  const calendar = ical({
    name,
    prodId: '-//Tenantry//Events//EN',
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
    timezone: { name: null, generator: rulesOf },
  })
  for (const date of dates) calendar.createEvent(entryOf(date))
  return calendar.toString()
}

function entryOf(date: CalendarDate) {
  const { id, title, label, eventType, place, createdAt, updatedAt, revision } = date
  return {
    // Never another one: by it a calendar knows the entry again.
    id: `${id}@tenantry`,
    sequence: revision,
    stamp: new Date(updatedAt),
    created: new Date(createdAt),
    lastModified: new Date(updatedAt),
    ...timesOf(date),
    summary: label === null ? title : `${title} · ${label}`,
    location: place?.filter(Boolean).join(', ') ?? null,
    categories: [{ name: eventType }],
    status: statusOf(date),
  }
}

/**
 * Wall times with the name of their zone. When clocks go back an hour comes twice, and a wall time means the first of the
 * two; a date that begins or ends in the second is told as the instant it is, as is one of a zone whose rules nobody knows.
 */
function timesOf({ startsAt, endsAt, timeZone }: CalendarDate) {
  const [start, end] = [startsAt, endsAt].map((at) => Temporal.Instant.from(at).toZonedDateTimeISO(timeZone))
  if (start === undefined || end === undefined) throw new TypeError('a date has a start and an end')
  const isPlain = rulesOf(timeZone) !== null && isFirst(start) && isFirst(end)
  return isPlain ? { start, end, timezone: timeZone } : { start: start.toInstant(), end: end.toInstant() }
}

function isFirst(time: Temporal.ZonedDateTime): boolean {
  const first = time.toPlainDateTime().toZonedDateTime(time.timeZoneId, { disambiguation: 'earlier' })
  return first.epochNanoseconds === time.epochNanoseconds
}

/** The rules of a zone as VTIMEZONE; null for one that is not in the list. */
function rulesOf(timeZone: string): string | null {
  const [rules] = tzlib_get_ical_block(timeZone)
  return rules === undefined || rules === '' ? null : rules
}

function statusOf({ status, eventStatus }: CalendarDate): ICalEventStatus {
  if (status === 'cancelled' || eventStatus === 'cancelled') return ICalEventStatus.CANCELLED
  switch (eventStatus) {
    case 'confirmed':
    case 'in_progress':
    case 'completed':
      return ICalEventStatus.CONFIRMED
    case 'prospect':
    case 'tentative':
    case 'postponed':
      return ICalEventStatus.TENTATIVE
  }
}
