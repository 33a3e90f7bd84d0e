import { instantFromText } from '@tenantry/connections/columns'
import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { EventDate } from '@tenantry/contracts/event-dates'
import type { Event } from '@tenantry/contracts/events'
import { and, desc, gte, isNull, sql } from 'drizzle-orm'
import { events } from '../events/table.ts'
import { locations } from '../locations/table.ts'
import { asRows } from '../records/plain.ts'
import { sameRow } from '../records/record-table.ts'
import { eventDates } from './table.ts'

/** A day of an event, with what a calendar says about it. */
export interface CalendarDate extends Pick<EventDate, 'id' | 'label' | 'timeZone' | 'startsAt' | 'endsAt' | 'status'> {
  title: string
  eventType: string
  eventStatus: Event['status']
  /** The place, a line for its name and each part of its address. */
  place: (string | null)[] | null
  createdAt: string
  updatedAt: string
  /** Grows with each change of the date or its event. */
  revision: number
}

/** The days of events from an instant on, at most `limit`: when there are more, those furthest in the past are left out. */
export async function calendarDates(
  executor: Executor,
  { from, limit }: { from: string; limit: number },
): Promise<CalendarDate[]> {
  return (await executor.run(latestDates, { from, limit })).toReversed()
}

const latestDates = statement<{ from: string; limit: number }, CalendarDate>((db) =>
  asRows<CalendarDate>(
    db
      .select({
        id: eventDates.id,
        label: eventDates.label,
        timeZone: eventDates.timeZone,
        startsAt: eventDates.startsAt,
        endsAt: eventDates.endsAt,
        status: eventDates.status,
        title: events.title,
        eventType: events.eventType,
        eventStatus: events.status,
        place: sql<(string | null)[] | null>`case when ${locations.id} is not null then jsonb_build_array(
        ${locations.name}, ${locations.line1}, ${locations.postalCode}, ${locations.city}, ${locations.country}) end`,
        createdAt: eventDates.createdAt,
        updatedAt: sql<string>`greatest(${eventDates.updatedAt}, ${events.updatedAt})`.mapWith(instantFromText),
        revision: sql<number>`${eventDates.version} + ${events.version}`.mapWith(Number),
      })
      .from(eventDates)
      .innerJoin(events, and(sameRow(events, events.id, eventDates.eventId), isNull(events.deletedAt)))
      .leftJoin(locations, sameRow(locations, locations.id, eventDates.locationId))
      .where(and(isNull(eventDates.deletedAt), gte(eventDates.startsAt, sql.placeholder('from'))))
      .orderBy(desc(eventDates.startsAt), desc(eventDates.id))
      .limit(sql.placeholder('limit')),
  ),
)
