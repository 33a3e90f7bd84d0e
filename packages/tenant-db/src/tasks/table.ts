import { instant, localDate, localTime } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core'
import { isTimeZone, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

const statuses = ['open', 'in_progress', 'done', 'cancelled'] as const
const priorities = ['low', 'normal', 'high', 'urgent'] as const
const anchors = ['event_start', 'event_end', 'created'] as const

export const tasks = crm.table(
  'tasks',
  {
    ...recordKey(),
    title: text('title').notNull(),
    description: text('description'),
    status: word('status', statuses).notNull().default('open'),
    priority: word('priority', priorities).notNull().default('normal'),
    assigneeId: uuid('assignee_id'),
    parentTaskId: uuid('parent_task_id'),
    dueOn: localDate('due_on'),
    dueTime: localTime('due_time'),
    timeZone: text('time_zone'),
    remindAt: instant('remind_at').array(),
    anchor: word('anchor', anchors),
    anchorOffsetDays: integer('anchor_offset_days'),
    completedAt: instant('completed_at'),
    completedBy: uuid('completed_by'),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('tasks', t),
    notBlank(t.title),
    oneOf(t.status, statuses),
    oneOf(t.priority, priorities),
    oneOf(t.anchor, anchors),
    isTimeZone(t.timeZone),
    check('tasks_done_check', sql`(status = 'done') = (completed_at is not null)`),
    sameTenant(t.parentTaskId, t.id).onDelete('cascade'),
    sameTenant(t.assigneeId, memberRefs.userId).onDelete('set null'),
    index('tasks_mine')
      .on(t.tenantId, t.assigneeId, t.dueOn)
      .where(sql`status in ('open', 'in_progress') and deleted_at is null`),
    index('tasks_by_parent').on(t.tenantId, t.parentTaskId),
  ],
)
