import type { Executor } from '@tenantry/connections/database'
import type { EventDateId } from '@tenantry/contracts/ids'
import type { EventDate, EventDateInput, EventDateListQuery, EventDatePatch } from '@tenantry/contracts/event-dates'
import type { Acting } from '../records/acting.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
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
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class EventDatesWriter extends RecordsWriter<EventDateTypes> {
  constructor(acting: Acting) {
    super(acting, parts)
  }
}
