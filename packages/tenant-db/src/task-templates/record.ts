import type { LeasedDrizzle } from '@tenantry/connections/database'
import { TaskTemplatePatch, type TaskTemplate } from '@tenantry/contracts/task-templates'
import { sql } from 'drizzle-orm'
import { settingEnvelopeOf } from '../records/record-table.ts'
import { tableRecord } from '../records/table-record.ts'
import { taskTemplates } from './table.ts'

export const taskTemplateRecord = tableRecord<TaskTemplate>({
  entity: 'task_template',
  table: taskTemplates,
  fields: Object.keys(TaskTemplatePatch.shape),
  select: selectTaskTemplates,
  refusals: {},
})

/** Templates as the contract shows them, up to WHERE. */
export function selectTaskTemplates(db: LeasedDrizzle) {
  return db.select(columns).from(taskTemplates)
}

const columns = {
  id: taskTemplates.id,
  name: taskTemplates.name,
  eventType: taskTemplates.eventType,
  // Only what the contract has parsed is ever stored; ids in it are text like all of it.
  items: sql<never>`${taskTemplates.items}`,
  ...settingEnvelopeOf(taskTemplates),
}
