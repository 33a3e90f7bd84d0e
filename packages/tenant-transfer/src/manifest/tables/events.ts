import { clock, day, dayOfClock, filled, instant, isDay, isEarliest, literal, wordOr } from '../expressions.ts'
import { pointer, type Given } from '../given.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function events(given: Given): TableMove<'events'> {
  const { company, isMoved } = given
  const status = wordOr('status', 'events', 'prospect', {
    prospect: ['prospect', 'new', 'inquiry', 'draft'],
    tentative: ['tentative', 'hold', 'on hold', 'pending'],
    confirmed: ['confirmed', 'booked', 'scheduled'],
    in_progress: ['in progress', 'ongoing'],
    completed: ['completed', 'complete', 'done', 'finished'],
    cancelled: ['cancelled', 'canceled'],
    postponed: ['postponed', 'rescheduled'],
  })
  const opportunity = pointer(given, 'events', 'opportunity_id', 'opportunities')
  const isFirst = isEarliest(company, 'events', {
    of: ['opportunity_id'],
    among: `${filled('one.title')} is not null and ${isMoved('accounts', 'one.account_id')}`,
  })
  const [startDate, endDate] = [day('events', 'start_date'), day('events', 'end_date')]
  const start = clock('events.start_time')
  const end = clock('events.end_time')
  const firstDay = `(${dayOfClock(startDate.sql, 'events.start_time')})`
  const first = instant(company, `${firstDay} + ${start}`)
  /** Of the one day that becomes a date. */
  const endDay = `${firstDay} + (${end} <= ${start})::int`
  // Until the end of its last day, where it says no time.
  const lastDay = `coalesce(${dayOfClock(endDate.sql, `coalesce(events.end_time, '24:00')`)}, ${endDay})`
  const last = instant(company, `${lastDay} + ${end}`)
  const isOrdered = `${last} > ${first}`
  // The clocks can skip the hour between.
  const isSpan = `${instant(company, `${endDay} + ${end}`)} > ${first}`
  const isDated = `${firstDay} is not null and not exists (select from public.event_dates dated
          where dated.tenant_id = events.tenant_id and dated.event_id = events.id and ${isDay('dated.event_date')})`
  return {
    source: 'events',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      title: copied('title'),
      event_type: converted('«other» where it has none', 'event_type'),
      account_id: copied('account_id'),
      contact_id: converted('only contacts that are there', 'contact_id'),
      opportunity_id: converted('an opportunity becomes one event, the first', 'opportunity_id'),
      location_id: converted('stands on the dates', 'event_dates'),
      status: converted('one of seven words', 'status', 'cancelled_reason'),
      start_date: converted('in the zone of the company', 'first_starts_at', 'event_dates'),
      start_time: converted('in the zone of the company', 'first_starts_at', 'event_dates'),
      end_date: converted('in the zone of the company', 'last_ends_at', 'event_dates'),
      end_time: converted('in the zone of the company', 'last_ends_at', 'event_dates'),
      guest_count: copied('guest_count'),
      description: copied('description'),
    },
    rejects: [
      { reason: 'has no title', when: `${filled('events.title')} is null` },
      {
        reason: 'belongs to an account that does not exist or was not moved in',
        when: `events.account_id is null or not ${isMoved('accounts', 'events.account_id')}`,
      },
    ],
    parts: [
      {
        target: 'events',
        values: {
          event_type: `coalesce(${filled('events.event_type')}, 'other')`,
          contact_id: pointer(given, 'events', 'contact_id', 'contacts'),
          opportunity_id: {
            sql: `(case when ${isFirst} then ${opportunity.sql} end)`,
            lost: {
              column: 'opportunity_id',
              reason: 'points at an opportunity that is not there, or that has an earlier event',
            },
          },
          status,
          cancelled_reason: `(case when ${status.sql} = 'cancelled' then 'not recorded' end)`,
          time_zone: literal(company.timeZone),
          first_starts_at: { ...startDate, sql: first },
          last_ends_at: {
            sql: `(case when ${isOrdered} then ${last} end)`,
            lost: {
              column: 'end_date',
              reason: 'is before the start, or no day of a calendar',
              when: `events.end_date is not null and not coalesce(${isOrdered} and ${endDate.sql} is not null, false)`,
            },
          },
        },
      },
      {
        target: 'event_dates',
        when: `${isDated} and ${isSpan}`,
        values: {
          event_id: 'events.id',
          location_id: pointer(given, 'events', 'location_id', 'locations'),
          local_date: firstDay,
          start_time: {
            sql: start,
            lost: {
              column: 'start_time',
              reason: 'is in the hour that the clocks skip, and the end is not after it; no date was made of it',
              when: `${isDated} and not ${isSpan}`,
            },
          },
          end_time: {
            sql: end,
            lost: {
              column: 'end_time',
              reason: 'is on a later day; only the first day became a date, the whole span stands on the event',
              when: `${lastDay} > ${endDay}`,
            },
          },
          ends_next_day: `${end} <= ${start}`,
          time_zone: literal(company.timeZone),
          created_at: 'events.created_at',
          updated_at: 'events.updated_at',
        },
      },
    ],
    references: [
      { column: 'account_id', to: 'accounts' },
      { column: 'contact_id', to: 'contacts' },
      { column: 'opportunity_id', to: 'opportunities' },
      { column: 'location_id', to: 'locations' },
    ],
    kin: [
      { table: 'events', column: 'opportunity_id', of: 'opportunity_id' },
      { table: 'event_dates', column: 'event_id', of: 'id' },
    ],
  }
}
