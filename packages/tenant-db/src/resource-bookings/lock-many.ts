import { statement } from '@tenantry/connections/statement'
import { sql, type SQL } from 'drizzle-orm'
import { eventDates } from '../event-dates/table.ts'
import { events } from '../events/table.ts'
import type { Acting } from '../records/acting.ts'
import { findBookings } from './find-bookings.ts'
import { lockQueues } from './queue.ts'
import { resourcesOf } from './settle.ts'
import { resourceBookings as bookings } from './table.ts'

/*
 * What is locked for one booking, date or event, for many in one transaction: first events, then dates, then resources, each in
 * the order of their ids. Whoever locked them one record after the other would hold a resource and wait for a date, whose
 * holder waits for the resource. What is not there and what may not be changed is left out: whoever then asks for it learns why.
 */

export async function lockManyBookings(acting: Acting, ids: readonly string[]): Promise<void> {
  const { executor } = acting
  const named = await findBookings(executor, ids)
  const dates = named.flatMap(({ eventDateId }) => (eventDateId === null ? [] : [eventDateId]))
  await executor.run(lockTheseDates, { ids: listOf(dates) })
  await lockQueues(acting, resourcesOf(named))
}

export function lockManyDates(acting: Acting, ids: readonly string[]): Promise<void> {
  return lockAround(acting, ids, { events: lockEventsOfDates, dates: lockTheseDates, resources: resourcesOfDates })
}

export function lockManyEvents(acting: Acting, ids: readonly string[]): Promise<void> {
  return lockAround(acting, ids, { events: lockTheseEvents, dates: lockDatesOfEvents, resources: resourcesOfEvents })
}

interface Around {
  events: ReturnType<typeof lockAll>
  dates: ReturnType<typeof lockAll>
  resources: ReturnType<typeof resourcesWhere>
}

async function lockAround(acting: Acting, of: readonly string[], around: Around): Promise<void> {
  const { executor } = acting
  const ids = listOf(of)
  await executor.run(around.events, { ids })
  await executor.run(around.dates, { ids })
  const resources = await executor.run(around.resources, { ids })
  if (resources.length === 0) return
  await lockQueues(
    acting,
    resources.map(({ id }) => id),
  )
}

function listOf(ids: readonly string[]): string {
  return `{${ids.join()}}`
}

const named = sql`any(${sql.placeholder('ids')}::uuid[])`

const lockTheseEvents = lockAll(sql`${events} where id = ${named}`)
const lockEventsOfDates = lockAll(
  sql`${events} where id in (select d.event_id from ${eventDates} d where d.id = ${named})`,
)
/** Those in the bin too: what was booked for them may still be changed. */
const lockTheseDates = lockAll(sql`${eventDates} where id = ${named}`)
const lockDatesOfEvents = lockAll(sql`${eventDates} where event_id = ${named}`)

function lockAll(rows: SQL) {
  return statement<{ ids: string }, never>((db) => db.execute(sql`select from ${rows} order by id for no key update`))
}

const resourcesOfDates = resourcesWhere(sql`d.id = ${named}`)
const resourcesOfEvents = resourcesWhere(sql`d.event_id = ${named}`)

/** What is held or booked for some dates. */
function resourcesWhere(which: SQL) {
  return statement<{ ids: string }, { id: string }>((db) =>
    db.execute<{ id: string }>(sql`select distinct b.resource_id as id from ${bookings} b
      join ${eventDates} d on d.tenant_id = b.tenant_id and d.id = b.event_date_id
      where b.state <> 'released' and ${which}`),
  )
}
