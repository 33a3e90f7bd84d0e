import { Instant, LocalDate } from '@tenantry/contracts/scalars'
import type { Task, TaskListQuery } from '@tenantry/contracts/tasks'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { aboutFilters } from '../record-links/about.ts'
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
    status: { of: ({ filters }) => filters.status, where: (list) => sql`${tasks.status} = any(${list}::text[])` },
    priority: { of: ({ filters }) => filters.priority, where: (list) => sql`${tasks.priority} = any(${list}::text[])` },
    assigneeId: { of: ({ filters }) => filters.assigneeId, where: (id) => sql`${tasks.assigneeId} = ${id}` },
    parentTaskId: { of: ({ filters }) => filters.parentTaskId, where: (id) => sql`${tasks.parentTaskId} = ${id}` },
    dueFrom: { of: ({ filters }) => filters.dueFrom, where: (day) => sql`${tasks.dueOn} >= ${day}` },
    dueUntil: { of: ({ filters }) => filters.dueUntil, where: (day) => sql`${tasks.dueOn} <= ${day}` },
  },
  texts: ownText(tasks),
})
