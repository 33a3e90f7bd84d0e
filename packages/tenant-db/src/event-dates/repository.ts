import type { Executor } from '@tenantry/connections/database'
import type { EventDateId } from '@tenantry/contracts/ids'
import type { EventDate, EventDateInput, EventDateListQuery, EventDatePatch } from '@tenantry/contracts/event-dates'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { lockManyDates } from '../resource-bookings/lock-many.ts'
import { calendarDates, type CalendarDate } from './calendar.ts'
import { eventDateListing } from './listing.ts'
import { eventDateRecord } from './record.ts'

interface EventDateTypes {
  id: EventDateId
  row: EventDate
  listed: EventDate
  query: EventDateListQuery
  input: EventDateInput
  patch: EventDatePatch
}

const parts: RecordParts<EventDateTypes> = { record: eventDateRecord, listing: eventDateListing }

export class EventDatesReader extends RecordsReader<EventDateTypes> {
  /** See `calendarDates`. */
  readonly calendar: (window: { from: string; limit: number }) => Promise<CalendarDate[]>

  constructor(executor: Executor) {
    super(executor, parts)
    this.calendar = (window) => calendarDates(executor, window)
  }
}

export class EventDatesWriter extends RecordsWriter<EventDateTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  /** Has whoever changes several of them in one transaction wait for others once, before the first. */
  lockMany(ids: readonly EventDateId[]): Promise<void> {
    return lockManyDates(this.#acting, ids)
  }

  calendar(window: { from: string; limit: number }): Promise<CalendarDate[]> {
    return calendarDates(this.#acting.executor, window)
  }
}
