import type { Executor } from '@tenantry/connections/database'
import { instantFromText } from '@tenantry/connections/columns'
import { statement } from '@tenantry/connections/statement'
import { nextEventStatuses, type EventStatus } from '@tenantry/contracts/events'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { company } from '../company/table.ts'
import { eventDates } from '../event-dates/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { recordChanges } from '../record-changes/table.ts'
import type { Acting } from '../records/acting.ts'
import { differences } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { confirmEvent } from '../resource-bookings/settle.ts'
import { events } from './table.ts'

export interface ConfirmedEvent {
  id: string
  title: string
  /** In the order of time. */
  dates: EventDay[]
}

export type EventDay = {
  localDate: string
  startTime: string
  endTime: string
  endsNextDay: boolean
  timeZone: string
  label: string | null
}

interface Sold {
  opportunityId: string
  accountId: string
  contactId: string | null
}

/**
 * The event of an opportunity that was sold: made if there is none, confirmed, given the dates that the opportunity kept,
 * and with every hold on a resource turned into a booking. Ask it while the opportunity is locked. Throws RULE_VIOLATED for
 * an event that was cancelled, and CONFLICT when a resource is booked already, or promised to somebody with a better rank.
 */
export async function confirmEventOf(acting: Acting, sold: Sold): Promise<ConfirmedEvent> {
  const { executor } = acting
  const [event] = await executor.run(eventOf, { opportunityId: sold.opportunityId })
  const status = statusOnceSold(event?.status ?? 'prospect')
  const id = event?.id ?? (await createEvent(acting, sold))
  const by = { actorId: acting.actor.id, actorKind: acting.actor.kind, requestId: acting.actor.requestId }
  await executor.run(moveDates, { eventId: id, opportunityId: sold.opportunityId, ...by })
  await confirmHolds(acting, id)
  const before = await readEvent(executor, id)
  if (status !== before.status || before.startsAt !== before.firstStartsAt) {
    const changes = { status, holdExpiresAt: null, firstStartsAt: before.startsAt, lastEndsAt: before.endsAt }
    const diff = differences({ ...before }, changes)
    const line = { entity: 'event', entityId: id, action: 'changed', diff, versionAfter: before.version + 1 } as const
    await executor.run(confirm, { ...before, ...changes, ...lineParameters(acting, line) })
  }
  return { id, title: before.title, dates: await daysOfEvent(executor, id) }
}

/** The days of an event that take place, in the order of time. */
export function daysOfEvent(executor: Executor, id: string): Promise<EventDay[]> {
  return executor.run(daysOf, { id })
}

/** In the zone of the venue. */
export async function firstDayOf(executor: Executor, eventId: string): Promise<string | undefined> {
  const [first] = await daysOfEvent(executor, eventId)
  return first?.localDate
}

/** Instants of plain SQL come as Postgres prints them. */
async function readEvent(executor: Executor, id: string): Promise<EventRow> {
  const row = found((await executor.run(eventById, { id }))[0])
  const iso = (at: string | null) => at && instantFromText(at)
  const { holdExpiresAt, archivedAt, deletedAt, firstStartsAt, lastEndsAt, startsAt, endsAt } = row
  return {
    ...row,
    holdExpiresAt: iso(holdExpiresAt),
    archivedAt: iso(archivedAt),
    deletedAt: iso(deletedAt),
    firstStartsAt: iso(firstStartsAt),
    lastEndsAt: iso(lastEndsAt),
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
  }
}

/** One that is confirmed or under way already stays what it is. */
function statusOnceSold(status: EventStatus): EventStatus {
  if (nextEventStatuses[status].includes('confirmed')) return 'confirmed'
  if (status !== 'cancelled') return status
  throw new TenantryError('RULE_VIOLATED', {
    message: 'The event of this quote was cancelled. It has to be taken up again before it is sold.',
  })
}

async function createEvent(acting: Acting, { opportunityId, accountId, contactId }: Sold): Promise<string> {
  const plan = found((await acting.executor.run(planned, { opportunityId }))[0])
  const fields = { ...plan, accountId, contactId, opportunityId, status: 'prospect' }
  const id = v7()
  const diff = differences({}, fields)
  const line = { entity: 'event', entityId: id, action: 'created', diff, versionAfter: 1 } as const
  await acting.executor.run(insert, { ...fields, id, ...lineParameters(acting, line) })
  return id
}

/** A customer may be who hears of the clash: not by what of somebody else's it is. */
async function confirmHolds(acting: Acting, eventId: string): Promise<void> {
  try {
    await confirmEvent(acting, eventId)
  } catch (error) {
    if (!isTenantryError(error, 'CONFLICT')) throw error
    const reason = error.data?.['reason'] === 'queue' ? 'queue' : 'taken'
    throw new TenantryError('CONFLICT', { message: clashes[reason], data: { reason }, cause: error })
  }
}

const clashes = {
  queue: 'A resource of this event is on hold for somebody with a better rank.',
  taken: 'A resource of this event is already booked at that time.',
}

const inserted = ['title', 'eventType', 'accountId', 'contactId', 'opportunityId', 'status', 'timeZone']
const insert = insertOf(events, inserted)
const confirm = updateOf(events, ['status', 'holdExpiresAt', 'firstStartsAt', 'lastEndsAt'])

type FoundEvent = { id: string; status: EventStatus }
const eventOf = statement<{ opportunityId: string }, FoundEvent>((db) =>
  db.execute<FoundEvent>(sql`
    select id, status from ${events} where opportunity_id = ${sql.placeholder('opportunityId')} and deleted_at is null
    for no key update`),
)

type Plan = { title: string; eventType: string; timeZone: string }
const planned = statement<{ opportunityId: string }, Plan>((db) =>
  db.execute<Plan>(sql`
    select o.name as title, coalesce(o.event_type, 'event') as "eventType", coalesce(
      (select d.time_zone from ${eventDates} d where d.tenant_id = o.tenant_id and d.opportunity_id = o.id
        and d.deleted_at is null order by d.service_range limit 1),
      (select c.time_zone from ${company} c), 'UTC') as "timeZone"
    from ${opportunities} o where o.id = ${sql.placeholder('opportunityId')}`),
)

/** A date belongs to an opportunity or to its event; it moves, and with it whatever is booked for it. */
const moveDates = statement<Record<string, unknown>, never>((db) =>
  db.execute(sql`
    with moved as (
      update ${eventDates} set event_id = ${sql.placeholder('eventId')}::uuid, opportunity_id = null, version = version + 1,
        updated_at = now(), updated_by = ${sql.placeholder('actorId')}::uuid
      where opportunity_id = ${sql.placeholder('opportunityId')}::uuid and deleted_at is null returning id, version
    )
    insert into ${recordChanges} (entity, entity_id, action, diff, version_after, actor_id, actor_kind, request_id)
    select 'event_date', id, 'changed', jsonb_build_object(
        'eventId', jsonb_build_object('from', null, 'to', ${sql.placeholder('eventId')}::uuid),
        'opportunityId', jsonb_build_object('from', ${sql.placeholder('opportunityId')}::uuid, 'to', null)),
      version, ${sql.placeholder('actorId')}::uuid, ${sql.placeholder('actorKind')}, ${sql.placeholder('requestId')}
    from moved`),
)

type EventRow = {
  id: string
  title: string
  status: EventStatus
  version: number
  holdExpiresAt: string | null
  archivedAt: string | null
  deletedAt: string | null
  firstStartsAt: string | null
  lastEndsAt: string | null
  startsAt: string | null
  endsAt: string | null
}
const eventById = statement<{ id: string }, EventRow>((db) =>
  db.execute<EventRow>(sql`
    select e.id, e.title, e.status, e.version, e.hold_expires_at as "holdExpiresAt", e.archived_at as "archivedAt",
      e.deleted_at as "deletedAt", e.first_starts_at as "firstStartsAt", e.last_ends_at as "lastEndsAt",
      d.starts as "startsAt", d.ends as "endsAt"
    from ${events} e cross join lateral (
      select min(lower(service_range)) as starts, max(upper(service_range)) as ends from ${eventDates}
      where tenant_id = e.tenant_id and event_id = e.id and status = 'scheduled' and deleted_at is null) d
    where e.id = ${sql.placeholder('id')}`),
)

const daysOf = statement<{ id: string }, EventDay>((db) =>
  db.execute<EventDay>(sql`
    select local_date as "localDate", start_time as "startTime", end_time as "endTime", ends_next_day as "endsNextDay",
      time_zone as "timeZone", label
    from ${eventDates} where event_id = ${sql.placeholder('id')} and status = 'scheduled' and deleted_at is null
    order by service_range`),
)
