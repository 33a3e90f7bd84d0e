import { TaskId } from '@tenantry/contracts/ids'
import { Reminder, ReminderQuery, TaskPlanInput } from '@tenantry/contracts/task-templates'
import { Task, TaskInput, TaskListQuery, TaskPatchInput } from '@tenantry/contracts/tasks'
import { planTasks } from '@tenantry/crm/plan-tasks'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

const requires = '0015_task_templates'

export const tasksRouter = router({
  ...recordProcedures({
    id: TaskId,
    query: TaskListQuery,
    input: TaskInput,
    patch: TaskPatchInput,
    row: Task,
    reader: (db) => db.tasks,
    writer: (db) => db.tasks,
    requires,
  }),
  plan: tenantProcedure
    .meta({ permission: 'records.write', requires })
    .input(TaskPlanInput)
    .output(z.array(Task))
    .mutation(({ ctx, input }) => planTasks(ctx.tenantDb, input)),
  reminders: tenantProcedure
    .meta({ permission: 'records.see', requires })
    .input(ReminderQuery)
    .output(z.array(Reminder))
    .query(({ ctx, input }) => ctx.tenantDb.tasks.reminders(input)),
})
