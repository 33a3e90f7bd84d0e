import type { TaskPlanInput } from '@tenantry/contracts/task-templates'
import type { Task } from '@tenantry/contracts/tasks'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'

/**
 * Makes the tasks of a template for an event, all or none; they follow its dates until somebody begins them or gives them
 * another day. Throws NOT_FOUND, and RULE_VIOLATED for an event or a template that is put away.
 */
export async function planTasks(db: TenantDb, { templateId, eventId }: TaskPlanInput): Promise<Task[]> {
  const event = await db.events.byId(eventId)
  const template = await db.taskTemplates.byId(templateId)
  if (event.deletedAt !== null) throw putAway('eventId', 'This event is in the bin. Restore it first.')
  if (template.deletedAt !== null || template.archivedAt !== null) {
    throw putAway('templateId', 'This template is put away. Take it back first.')
  }
  const tasks: Task[] = []
  for (const item of template.items) tasks.push(await db.tasks.createFor(eventId, item))
  return tasks
}

function putAway(field: string, message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field } })
}
