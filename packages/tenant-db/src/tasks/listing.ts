import { Instant, LocalDate } from '@tenantry/contracts/scalars'
import type { Task, TaskListQuery } from '@tenantry/contracts/tasks'
import { z } from 'zod'
import { aboutFilters } from '../record-links/about.ts'
import { comparing, is, isOneOf, isWithin, isWithinKey, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { byOwner } from '../row-access/belonging.ts'
import { selectTasks } from './rows.ts'
import { taskDueKey, tasks } from './table.ts'

export const taskListing = new Listing<Task, TaskListQuery['sort'], TaskListQuery>({
  table: tasks,
  whose: { kind: 'task', belonging: byOwner(tasks.assigneeId, tasks.createdBy) },
  select: (db, { where, orderBy, limit }) =>
    asRows<Task>(
      selectTasks(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    dueOn: {
      key: taskDueKey,
      of: (row) => row.dueOn ?? 'infinity',
      shape: LocalDate.or(z.literal('infinity')),
    },
    name: { key: tasks.title, of: (row) => row.title, shape: z.string() },
    updatedAt: { key: tasks.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: tasks.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: {
    ...aboutFilters('task', tasks),
    ...comparing<TaskListQuery>({
      status: isOneOf(tasks.status),
      priority: isOneOf(tasks.priority),
      assigneeId: is(tasks.assigneeId),
      parentTaskId: is(tasks.parentTaskId),
      completedBy: is(tasks.completedBy),
      ...isWithinKey('due', taskDueKey),
      ...isWithin('completed', tasks.completedAt),
      ...ofRecord(tasks),
    }),
  },
  texts: ownText(tasks),
})
