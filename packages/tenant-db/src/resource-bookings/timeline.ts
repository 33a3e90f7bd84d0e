import type { Executor } from '@tenantry/connections/database'
import type { Page } from '@tenantry/contracts/pages'
import type { RecordChange } from '@tenantry/contracts/record'
import { and, or, sql, type SQL } from 'drizzle-orm'
import { recordChanges } from '../record-changes/table.ts'
import { literal } from '../records/literal.ts'
import { linesWhere, readLines, type PageQuery } from '../records/timeline.ts'
import { assertSeen, findBooking } from './find-bookings.ts'
import { timing } from './follow-date.ts'

/**
 * What happened to one booking, newest first: the lines of its date, or for a blackout of its resource, that name it, and
 * those that moved the date while it stood. Throws NOT_FOUND.
 */
export async function bookingTimeline(executor: Executor, id: string, page: PageQuery): Promise<Page<RecordChange>> {
  const { eventDateId, resourceId } = assertSeen(await findBooking(executor, id))
  const about =
    eventDateId === null
      ? { entity: 'resource', entityId: resourceId }
      : { entity: 'event_date', entityId: eventDateId }
  return readLines(executor, { lines: linesOfBooking, of: { ...about, bookingId: id } }, page)
}

/** A line is about one booking, about some that were booked at once, or about a blackout that was entered. */
function names(diff: SQL): SQL {
  const id = sql`${sql.placeholder('bookingId')}::text`
  return sql`(${diff} #>> '{booking,to,id}' = ${id} or ${diff} #>> '{blackout,to,id}' = ${id}
    or ${diff} #> '{bookings,to}' @> jsonb_build_array(jsonb_build_object('id', ${id})))`
}

/** Other lines of the same record that name the booking. */
const naming = (what: SQL) => sql`exists (select from crm.record_changes n where n.entity = ${recordChanges.entity}
  and n.entity_id = ${recordChanges.entityId} and n.id < ${recordChanges.id} and ${what} and ${names(sql`n.diff`)})`

const moves = sql`${recordChanges.diff} ?| array[${sql.join(timing.map(literal), sql`, `)}]`

const linesOfBooking = linesWhere(
  or(names(sql`${recordChanges.diff}`), and(moves, naming(sql`true`), sql`not ${naming(sql`n.action = 'released'`)}`)),
)
