import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { eventDates } from '../event-dates/table.ts'
import { recordLinks } from '../record-links/table.ts'
import type { Acting } from '../records/acting.ts'
import { writeChange } from '../records/change-record.ts'
import { found } from '../records/found.ts'
import { taskRecord } from './record.ts'
import { tasks } from './table.ts'

/** When something is due that is counted from an event: calendar days where the event is, so no change of clocks shifts it. */
export interface Due {
  anchoredOn: string | null
  dueOn: string | null
  timeZone: string | null
}

/**
 * Until the transaction ends nobody else plans tasks for the event, and none of its dates is moved without the tasks that
 * were planned meanwhile. No lock of its row: whoever plans may see an event and need not be allowed to change it.
 */
export async function lockPlan(executor: Executor, eventId: string): Promise<void> {
  await executor.run(lockPlanOfEvent, { eventId })
}

export async function dueOf(
  executor: Executor,
  of: { eventId: string; anchor: 'event_start' | 'event_end'; offsetDays: number },
): Promise<Due> {
  const [due] = await executor.run(dueFrom, of)
  return due ?? { anchoredOn: null, dueOn: null, timeZone: null }
}

/**
 * Moves the tasks that are counted from the dates of an event when one of these was written. Only those that nobody has
 * begun, finished or given another day. Each remembers it in its own history.
 */
export async function moveAnchoredTasks(acting: Acting, dateId: string): Promise<void> {
  await acting.executor.run(lockPlanOfDate, { dateId })
  for (const { id, ...due } of await acting.executor.run(movable, { dateId })) {
    const [task] = await acting.executor.run(taskRecord.byId, { id })
    await writeChange(acting, taskRecord, found(task), due, { action: 'moved' })
  }
}

const lockOn = (eventId: ReturnType<typeof sql>) =>
  sql`select pg_advisory_xact_lock(hashtextextended(crm.current_tenant()::text || ' tasks of ' || ${eventId}, 0))::text`

const lockPlanOfEvent = statement<{ eventId: string }, never>((db) =>
  db.execute(lockOn(sql`${sql.placeholder('eventId')}::uuid`)),
)

const lockPlanOfDate = statement<{ dateId: string }, never>((db) =>
  db.execute(sql`${lockOn(sql`d.event_id`)} from ${eventDates} d
    where d.id = ${sql.placeholder('dateId')} and d.event_id is not null`),
)

const takesPlace = sql`d.deleted_at is null and d.status <> 'cancelled'`

/** The day on which an event begins and that on which it ends, with the zone of each; nothing for one without dates. */
const days = (eventId: ReturnType<typeof sql>) => sql`(
  (select 'event_start' as anchor, d.local_date as day, d.time_zone from ${eventDates} d
    where d.event_id = ${eventId} and ${takesPlace} order by d.starts_at, d.id limit 1)
  union all
  (select 'event_end', d.local_date + (case when d.ends_next_day then 1 else 0 end), d.time_zone from ${eventDates} d
    where d.event_id = ${eventId} and ${takesPlace} order by d.ends_at desc, d.id limit 1)) as a`

const dueFrom = statement<{ eventId: string; anchor: string; offsetDays: number }, Due>((db) =>
  db.execute<Due & Record<string, unknown>>(sql`
    select a.day::text as "anchoredOn", (a.day + ${sql.placeholder('offsetDays')}::integer)::text as "dueOn",
      a.time_zone as "timeZone"
    from ${days(sql`${sql.placeholder('eventId')}::uuid`)} where a.anchor = ${sql.placeholder('anchor')}`),
)

const movable = statement<{ dateId: string }, Due & { id: string }>((db) =>
  db.execute<Due & { id: string } & Record<string, unknown>>(sql`
    select t.id, a.day::text as "anchoredOn", (a.day + t.anchor_offset_days)::text as "dueOn", a.time_zone as "timeZone"
    from ${eventDates} changed
    join ${recordLinks} l on l.tenant_id = changed.tenant_id and l.event_id = changed.event_id
    join ${tasks} t on t.tenant_id = l.tenant_id and t.id = l.task_id
    cross join lateral ${days(sql`changed.event_id`)}
    where changed.id = ${sql.placeholder('dateId')} and a.anchor = t.anchor and t.status = 'open'
      and t.deleted_at is null and t.archived_at is null
      and t.due_on is not distinct from t.anchored_on + t.anchor_offset_days
      and (t.anchored_on, t.time_zone) is distinct from (a.day, a.time_zone)
    order by t.id for no key update of t`),
)
