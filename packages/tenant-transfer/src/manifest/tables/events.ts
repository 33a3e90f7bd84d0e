import { filled, instant, isEarliest, literal, wordOr } from '../expressions.ts'
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
  const start = `coalesce(events.start_time, '00:00')`
  const end = `coalesce(events.end_time, '00:00')`
  const lastDay = `coalesce(events.end_date, events.start_date + (${end} <= ${start})::int)`
  const isOrdered = `${lastDay} + ${end} > events.start_date + ${start} or ${lastDay} > events.start_date`
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
          first_starts_at: instant(company, `events.start_date + ${start}`),
          last_ends_at: {
            sql: `(case when ${isOrdered} then ${instant(company, `${lastDay} + ${end}`)} end)`,
            lost: {
              column: 'end_date',
              reason: 'is before the start',
              when: `events.end_date is not null and not coalesce(${isOrdered}, false)`,
            },
          },
        },
      },
      {
        target: 'event_dates',
        when: `events.start_date is not null and not exists (select from public.event_dates dated
          where dated.tenant_id = events.tenant_id and dated.event_id = events.id and dated.event_date is not null)`,
        values: {
          event_id: 'events.id',
          location_id: pointer(given, 'events', 'location_id', 'locations'),
          local_date: 'events.start_date',
          start_time: start,
          end_time: {
            sql: end,
            lost: {
              column: 'end_time',
              reason: 'is on a later day; only the first day became a date, the whole span stands on the event',
              when: `${lastDay} > events.start_date + (${end} <= ${start})::int`,
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
