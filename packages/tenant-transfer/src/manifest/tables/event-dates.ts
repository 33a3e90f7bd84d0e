import { clock, day, dayOfClock, instant, isDay, literal } from '../expressions.ts'
import type { Given } from '../given.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function eventDates({ company, isMoved }: Given): TableMove<'event_dates'> {
  const start = clock('event_dates.start_time')
  const end = clock('event_dates.end_time')
  const localDate = dayOfClock('event_dates.event_date', 'event_dates.start_time')
  // Rejects are looked at in order, but Postgres may work one out before it has seen that another holds.
  const dated = dayOfClock(day('event_dates', 'event_date').sql, 'event_dates.start_time')
  const isSpan = `${instant(company, `${dated} + (${end} <= ${start})::int + ${end}`)} > ${instant(company, `${dated} + ${start}`)}`
  const place = `coalesce(event_dates.location_id, (select e.location_id from public.events e where e.id = event_dates.event_id))`
  return {
    source: 'event_dates',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      event_id: copied('event_id'),
      location_id: converted('that of the event where it has none', 'location_id'),
      event_date: converted('the next day for one that begins at 24:00', 'local_date'),
      start_time: converted('midnight where it has none', 'start_time', 'time_zone'),
      end_time: converted('the end of the day where it has none', 'end_time', 'ends_next_day'),
      label: copied('label'),
      notes: copied('notes'),
    },
    rejects: [
      {
        reason: 'belongs to an event that does not exist or was not moved in',
        when: `event_dates.event_id is null or not ${isMoved('events', 'event_dates.event_id')}`,
      },
      { reason: 'has no date', when: 'event_dates.event_date is null' },
      { reason: 'has a date that is no day of a calendar', when: `not (${isDay('event_dates.event_date')})` },
      {
        reason: 'begins in the hour that the clocks skip, and ends before that',
        when: `not ${isSpan}`,
      },
    ],
    parts: [
      {
        target: 'event_dates',
        values: {
          local_date: localDate,
          location_id: {
            sql: `(case when ${place} is not null and ${isMoved('locations', place)} then ${place} end)`,
            lost: {
              column: 'location_id',
              reason: 'points at a row of locations that does not exist or was not moved in',
              when: `event_dates.location_id is not null and not ${isMoved('locations', 'event_dates.location_id')}`,
            },
          },
          start_time: start,
          end_time: end,
          ends_next_day: `${end} <= ${start}`,
          time_zone: literal(company.timeZone),
        },
      },
    ],
    references: [
      { column: 'event_id', to: 'events' },
      { column: 'location_id', to: 'locations' },
    ],
    kin: [{ table: 'events', column: 'id', of: 'event_id' }],
  }
}
