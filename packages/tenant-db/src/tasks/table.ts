import { instant, localDate, localTime } from '@tenantry/connections/columns'
import { TaskAnchor, TaskPriority, TaskStatus } from '@tenantry/contracts/tasks'
import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { isTimeZone, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byOwner } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

export const tasks = crm.table(
  'tasks',
  {
    ...recordKey(),
    title: text('title').notNull(),
    description: text('description'),
    status: word('status', TaskStatus.options).notNull().default('open'),
    priority: word('priority', TaskPriority.options).notNull().default('normal'),
    assigneeId: uuid('assignee_id'),
    parentTaskId: uuid('parent_task_id'),
    dueOn: localDate('due_on'),
    dueTime: localTime('due_time'),
    timeZone: text('time_zone'),
    remindAt: instant('remind_at').array(),
    anchor: word('anchor', TaskAnchor.options),
    anchorOffsetDays: integer('anchor_offset_days'),
    anchoredOn: localDate('anchored_on'),
    remindDaysBefore: jsonb('remind_days_before').$type<number[]>().notNull().default([]),
    completedAt: instant('completed_at'),
    completedBy: uuid('completed_by'),
    /** What came of it. */
    outcome: text('outcome'),
    searchText: searchText(sql`title`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('tasks', t),
    ...rowAccess('task', byOwner(t.assigneeId, t.createdBy)),
    notBlank(t.title),
    oneOf(t.status, TaskStatus.options),
    oneOf(t.priority, TaskPriority.options),
    oneOf(t.anchor, TaskAnchor.options),
    isTimeZone(t.timeZone),
    check('tasks_done_check', sql`(status = 'done') = (completed_at is not null)`),
    sameTenant(t.parentTaskId, t.id).onDelete('cascade'),
    sameTenant(t.assigneeId, memberRefs.userId).onDelete('set null'),
    index('tasks_mine')
      .on(t.tenantId, t.assigneeId, t.dueOn)
      .where(sql`status in ('open', 'in_progress') and deleted_at is null`),
    // What is done stays behind: a company's oldest open task is found without it.
    index('tasks_open')
      .on(t.tenantId, t.dueOn, t.id, t.assigneeId, t.createdBy)
      .where(sql`status in ('open', 'in_progress') and deleted_at is null and archived_at is null`),
    index('tasks_by_name').on(t.tenantId, t.title, t.id).where(live),
    index('tasks_by_due').on(t.tenantId, taskDueKey, t.id).where(live),
    index('tasks_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('tasks', t, byOwner(t.assigneeId, t.createdBy)),
    index('tasks_by_parent').on(t.tenantId, t.parentTaskId),
  ],
)

/** What the list sorts by for `dueOn`: without a date last. The index is on exactly this; see `accountCityKey`. */
export const taskDueKey = sql<string>`(case when due_on is null then 'infinity'::date else due_on end)`
