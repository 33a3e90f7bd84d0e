import type { LeasedDrizzle } from '@tenantry/connections/database'
import { events } from '../events/table.ts'
import { locations } from '../locations/table.ts'
import { envelopeOf, sameRow } from '../records/record-table.ts'
import { eventDates } from './table.ts'

/** Dates of events as the contract shows them, up to WHERE. */
export function selectEventDates(db: LeasedDrizzle) {
  return db
    .select(columns)
    .from(eventDates)
    .leftJoin(events, sameRow(events, events.id, eventDates.eventId))
    .leftJoin(locations, sameRow(locations, locations.id, eventDates.locationId))
}

const columns = {
  id: eventDates.id,
  eventId: eventDates.eventId,
  eventTitle: events.title,
  opportunityId: eventDates.opportunityId,
  locationId: eventDates.locationId,
  locationName: locations.name,
  label: eventDates.label,
  localDate: eventDates.localDate,
  startTime: eventDates.startTime,
  endTime: eventDates.endTime,
  endsNextDay: eventDates.endsNextDay,
  setupMinutes: eventDates.setupMinutes,
  teardownMinutes: eventDates.teardownMinutes,
  timeZone: eventDates.timeZone,
  startsAt: eventDates.startsAt,
  endsAt: eventDates.endsAt,
  status: eventDates.status,
  onsiteName: eventDates.onsiteName,
  onsitePhone: eventDates.onsitePhone,
  onsiteEmail: eventDates.onsiteEmail,
  notes: eventDates.notes,
  ...envelopeOf(eventDates),
}
