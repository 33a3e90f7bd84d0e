import { TaskPatch, type Task } from '@tenantry/contracts/tasks'
import { linkedRecord } from '../record-links/linked-record.ts'
import { selectTasks } from './rows.ts'
import { tasks } from './table.ts'

const { links: _, ...own } = TaskPatch.shape

export const taskRecord = linkedRecord<Task>('task', {
  table: tasks,
  fields: [...Object.keys(own), 'anchor', 'anchorOffsetDays', 'anchoredOn', 'completedAt', 'completedBy'],
  initial: { remindDaysBefore: [] },
  select: selectTasks,
  refusals: {
    tasks_assignee_fk: { field: 'assigneeId', message: 'There is no such member.' },
    tasks_parent_task_fk: { field: 'parentTaskId', message: 'There is no such task.' },
  },
})
