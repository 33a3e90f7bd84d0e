import type { TaskPlanInput, TaskTemplateItem } from '@tenantry/contracts/task-templates'
import type { Task } from '@tenantry/contracts/tasks'
import { TenantryError } from '@tenantry/errors'
import type { PlannedTask, TenantDb } from '@tenantry/tenant-db/types'

/**
 * Makes the tasks of a template for an event, all or none; they follow its dates until somebody begins them or gives them
 * another day. What the event has already is not made again, so planning twice adds only what the template has got since.
 * Gives the tasks that were made. Throws NOT_FOUND, and RULE_VIOLATED for an event or a template that is put away.
 */
export async function planTasks(db: TenantDb, { templateId, eventId }: TaskPlanInput): Promise<Task[]> {
  const event = await db.events.byId(eventId)
  const template = await db.taskTemplates.byId(templateId)
  if (event.deletedAt !== null) throw putAway('eventId', 'This event is in the bin. Restore it first.')
  if (template.deletedAt !== null || template.archivedAt !== null) {
    throw putAway('templateId', 'This template is put away. Take it back first.')
  }
  const missing = withoutThose(template.items, await db.tasks.lockPlanned(eventId))
  const tasks: Task[] = []
  for (const item of missing) tasks.push(await db.tasks.createFor(eventId, item))
  return tasks
}

/** Items of which there is no task yet; of two that are alike each needs one. */
function withoutThose(items: readonly TaskTemplateItem[], planned: readonly PlannedTask[]): TaskTemplateItem[] {
  const left = planned.map(keyOf)
  return items.filter((item) => {
    const at = left.indexOf(keyOf(item))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function keyOf({ title, anchor, offsetDays }: PlannedTask): string {
  return [anchor, offsetDays, title].join(' ')
}

function putAway(field: string, message: string): TenantryError {
  return new TenantryError('RULE_VIOLATED', { message, data: { field } })
}
