import { EventDatePatch, type EventDate } from '@tenantry/contracts/event-dates'
import { inOneTrip } from '../records/one-trip.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { tableRecord } from '../records/table-record.ts'
import { followDate } from '../resource-bookings/follow-date.ts'
import { moveAnchoredTasks } from '../tasks/move-anchored.ts'
import { keepSpan } from './keep-span.ts'
import { lockWithEvent } from './lock-with-event.ts'
import { selectEventDates } from './rows.ts'
import { eventDates } from './table.ts'

/** With each write the event learns its new span, and the bookings of the date and the tasks counted from it move with it. */
const row = tableRecord<EventDate>({
  entity: 'event_date',
  table: eventDates,
  fields: [...Object.keys(EventDatePatch.shape), 'eventId', 'opportunityId'],
  initial: { status: 'scheduled' },
  select: selectEventDates,
  refusals: {
    event_dates_event_fk: { field: 'eventId', message: 'There is no such event.' },
    event_dates_opportunity_fk: { field: 'opportunityId', message: 'There is no such opportunity.' },
    event_dates_location_fk: { field: 'locationId', message: 'There is no such location.' },
    event_dates_parent_check: { field: 'eventId', message: 'A date belongs to one event or to one opportunity.' },
    event_dates_order_check: { field: 'endTime', message: 'The end has to be after the start.' },
    // invalid_parameter_value: of all that is computed from an input only the zone can be unknown.
    '22023': { field: 'timeZone', message: 'This time zone is not known.' },
    // data_exception: a range that ends before it begins, on a night when clocks are put forward.
    '22000': { field: 'endTime', message: 'On this night the clocks change: the end would be before the start.' },
  },
  async writeParts(acting, id, changes) {
    await inOneTrip([keepSpan(acting.executor, id), followDate(acting, id, changes)])
    await moveAnchoredTasks(acting, id)
  },
})

export const eventDateRecord: RecordKind<EventDate> = { ...row, lock: lockWithEvent }
