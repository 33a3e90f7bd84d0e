import { statement } from '@tenantry/connections/statement'
import type { TaskTemplateItem } from '@tenantry/contracts/task-templates'
import { sql } from 'drizzle-orm'
import { recordLinks } from '../record-links/table.ts'
import { tasks } from './table.ts'

/** A task of an event, as far as it shows which item of a template it was made of. */
export type PlannedTask = Pick<TaskTemplateItem, 'title' | 'anchor' | 'offsetDays'>

export const plannedTasks = statement<{ eventId: string }, PlannedTask>((db) =>
  db.execute<PlannedTask>(sql`
    select t.title, t.anchor, t.anchor_offset_days as "offsetDays"
    from ${recordLinks} l join ${tasks} t on t.tenant_id = l.tenant_id and t.id = l.task_id
    where l.event_id = ${sql.placeholder('eventId')}::uuid and t.anchor is not null and t.deleted_at is null`),
)
