import { TaskId } from '@tenantry/contracts/ids'
import { Task, TaskInput, TaskListQuery, TaskPatchInput } from '@tenantry/contracts/tasks'
import { router } from '../procedures.ts'
import { recordProcedures } from '../record-procedures.ts'

export const tasksRouter = router(
  recordProcedures({
    id: TaskId,
    query: TaskListQuery,
    input: TaskInput,
    patch: TaskPatchInput,
    row: Task,
    reader: (db) => db.tasks,
    writer: (db) => db.tasks,
    requires: '0007_lists_of_every_record',
  }),
)
