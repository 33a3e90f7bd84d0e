import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { eventDates } from '../event-dates/table.ts'
import { events } from '../events/table.ts'
import { resourceMembers } from '../resource-members/table.ts'
import { resources } from '../resources/table.ts'

/** A resource and the time a date takes of it: set-up, tear-down and the buffers of the resource included. */
export interface Slot {
  resourceId: string
  isActive: boolean
  range: string
}

/** The resource itself and, of a combo, all members to any depth. Empty when there is no such resource. */
export function resourcesIn(executor: Executor, resourceId: string): Promise<{ id: string }[]> {
  return executor.run(withMembers, { resourceId })
}

/** What a date takes of each of some resources; none when the date, or its event, is in the bin or cancelled. */
export function slotsOf(executor: Executor, of: { eventDateId: string; resourceIds: string }): Promise<Slot[]> {
  return executor.run(slots, of)
}

const withMembers = statement<{ resourceId: string }, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    with recursive parts(id) as (
      select r.id from ${resources} r where r.id = ${sql.placeholder('resourceId')} and r.deleted_at is null
      union select m.member_id from ${resourceMembers} m join parts on parts.id = m.combo_id)
    select id from parts order by id`),
)

const slots = statement<{ eventDateId: string; resourceIds: string }, Slot>((db) =>
  db.execute<{ resourceId: string; isActive: boolean; range: string }>(sql`
    select r.id as "resourceId", r.is_active as "isActive", tstzrange(
      lower(d.blocked_range) - make_interval(mins => r.buffer_before_minutes),
      upper(d.blocked_range) + make_interval(mins => r.buffer_after_minutes), '[)')::text as range
    from ${eventDates} d, ${resources} r
    where d.id = ${sql.placeholder('eventDateId')} and d.deleted_at is null and d.status = 'scheduled'
      and not exists (select from ${events} e where e.tenant_id = d.tenant_id and e.id = d.event_id
        and (e.deleted_at is not null or e.status = 'cancelled'))
      and r.id = any(${sql.placeholder('resourceIds')}::uuid[])
    order by r.id`),
)
