import type { Executor } from '@tenantry/connections/database'
import { instantFromText } from '@tenantry/connections/columns'
import { statement } from '@tenantry/connections/statement'
import type { Reminder, ReminderQuery } from '@tenantry/contracts/task-templates'
import { sql } from 'drizzle-orm'
import { company } from '../company/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { taskDueKey, tasks } from './table.ts'

/**
 * The reminders of a span of time. When somebody is reminded follows from the day on which the task is due: the same time of
 * day where it is due, whatever the clocks there do until then.
 */
export async function dueReminders(executor: Executor, { from, until }: ReminderQuery): Promise<Reminder[]> {
  const rows = await executor.run(between, { from, until })
  return rows.map((row) => ({ ...row, remindAt: instantFromText(row.remindAt) }))
}

/** In the morning, where a task has no time of its own. */
const remindAt = sql`timezone(coalesce(t.time_zone, z.name), (t.due_on - b.days::integer) + coalesce(t.due_time, time '09:00'))`
const [from, until] = [sql`${sql.placeholder('from')}::timestamptz`, sql`${sql.placeholder('until')}::timestamptz`]

/** The key of the list's index bounds what is read: nobody is reminded more than 60 days before. */
const between = statement<{ from: string; until: string }, Reminder>((db) =>
  db.execute<Reminder & Record<string, unknown>>(sql`
    select t.id, t.title, t.assignee_id as "assigneeId", m.display_name as "assigneeName", t.due_on::text as "dueOn",
      t.due_time::text as "dueTime", ${remindAt} as "remindAt"
    from ${tasks} t
    cross join lateral jsonb_array_elements_text(t.remind_days_before) b(days)
    cross join (select coalesce((select time_zone from ${company}), 'UTC') as name) z
    left join ${memberRefs} m on m.tenant_id = t.tenant_id and m.user_id = t.assignee_id
    where ${taskDueKey} between (${from} at time zone 'UTC')::date - 1 and (${until} at time zone 'UTC')::date + 61
      and t.deleted_at is null and t.archived_at is null and t.status in ('open', 'in_progress')
      and ${remindAt} >= ${from} and ${remindAt} < ${until}
    order by "remindAt", t.id limit 1000`),
)
