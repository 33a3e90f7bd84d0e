import { citext, instant, localDate, localTime } from '@tenantry/connections/columns'
import { EventDateStatus } from '@tenantry/contracts/event-dates'
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uuid } from 'drizzle-orm/pg-core'
import { instantRange } from '../columns.ts'
import { inRange, isPhone, isTimeZone, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { rowAccessOfDates } from '../row-access/policies.ts'
import { events } from '../events/table.ts'
import { locations } from '../locations/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { word } from '../word.ts'

const startsAt = sql`timezone(time_zone, local_date + start_time)`
const endsAt = sql`timezone(time_zone, local_date + (case when ends_next_day then 1 else 0 end) + end_time)`

/**
 * Local date, local times and zone are the truth; the ranges of instants are computed by Postgres. `blockedRange` adds
 * set-up and tear-down. An instant plus an interval is only STABLE in Postgres, so the minutes are added to the wall
 * time in UTC, where the sum is IMMUTABLE and still absolute.
 */
export const eventDates = crm.table(
  'event_dates',
  {
    ...recordKey(),
    eventId: uuid('event_id'),
    opportunityId: uuid('opportunity_id'),
    locationId: uuid('location_id'),
    label: text('label'),
    localDate: localDate('local_date').notNull(),
    startTime: localTime('start_time').notNull(),
    endTime: localTime('end_time').notNull(),
    endsNextDay: boolean('ends_next_day').notNull().default(false),
    setupMinutes: integer('setup_minutes').notNull().default(0),
    teardownMinutes: integer('teardown_minutes').notNull().default(0),
    timeZone: text('time_zone').notNull(),
    status: word('status', EventDateStatus.options).notNull().default('scheduled'),
    onsiteName: text('onsite_name'),
    onsitePhone: text('onsite_phone_e164'),
    onsiteEmail: citext('onsite_email'),
    notes: text('notes'),
    startsAt: instant('starts_at').notNull().generatedAlwaysAs(startsAt),
    endsAt: instant('ends_at').notNull().generatedAlwaysAs(endsAt),
    serviceRange: instantRange('service_range')
      .notNull()
      .generatedAlwaysAs(sql`tstzrange(${startsAt}, ${endsAt}, '[)')`),
    blockedRange: instantRange('blocked_range').notNull().generatedAlwaysAs(sql`tstzrange(
        timezone('UTC', timezone('UTC', ${startsAt}) - make_interval(mins => setup_minutes)),
        timezone('UTC', timezone('UTC', ${endsAt}) + make_interval(mins => teardown_minutes)), '[)')`),
    searchText: searchText(sql`coalesce(label, '') || chr(10) || coalesce(onsite_name, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('event_dates', t),
    ...rowAccessOfDates(),
    oneOf(t.status, EventDateStatus.options),
    inRange(t.setupMinutes, 0, 2880),
    inRange(t.teardownMinutes, 0, 2880),
    isTimeZone(t.timeZone),
    isPhone(t.onsitePhone),
    check('event_dates_parent_check', sql`num_nonnulls(event_id, opportunity_id) = 1`),
    check('event_dates_order_check', sql`ends_next_day or end_time > start_time`),
    sameTenant(t.eventId, events.id).onDelete('cascade'),
    sameTenant(t.opportunityId, opportunities.id).onDelete('cascade'),
    sameTenant(t.locationId, locations.id).onDelete('set null'),
    index('event_dates_calendar').using('gist', t.tenantId, t.serviceRange).where(live),
    index('event_dates_by_start').on(t.tenantId, t.startsAt, t.id).where(live),
    index('event_dates_by_name').on(t.tenantId, eventDateNameKey, t.id).where(live),
    index('event_dates_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    index('event_dates_at_location').on(t.tenantId, t.locationId),
    ...listIndexes('event_dates', t, { columns: [t.eventId, t.opportunityId] }),
    index('event_dates_of_event').on(t.tenantId, t.eventId),
    index('event_dates_of_opportunity').on(t.tenantId, t.opportunityId),
  ],
)

/** What the list sorts by for `name`. The index is on exactly this; see `accountCityKey`. */
export const eventDateNameKey = sql<string>`(case when label is null then '' else label end)`
