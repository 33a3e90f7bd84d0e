import type { Executor } from '@tenantry/connections/database'
import type { TaskTemplateId } from '@tenantry/contracts/ids'
import type {
  TaskTemplate,
  TaskTemplateInput,
  TaskTemplateListQuery,
  TaskTemplatePatch,
} from '@tenantry/contracts/task-templates'
import type { Acting } from '../records/acting.ts'
import { asRows } from '../records/plain.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { SettingList } from '../records/setting-list.ts'
import { selectTaskTemplates, taskTemplateRecord } from './record.ts'
import { taskTemplates } from './table.ts'

interface TaskTemplateTypes {
  id: TaskTemplateId
  row: TaskTemplate
  listed: TaskTemplate
  query: TaskTemplateListQuery
  input: TaskTemplateInput
  patch: TaskTemplatePatch
}

/** Lists templates by name; at most 500. Tasks that were made of a template stay as they are, whatever becomes of it. */
const parts: RecordParts<TaskTemplateTypes, TaskTemplate[]> = {
  record: taskTemplateRecord,
  listing: new SettingList<TaskTemplate, TaskTemplateListQuery>({
    table: taskTemplates,
    select: (db, where) =>
      asRows<TaskTemplate>(
        selectTaskTemplates(db).where(where).orderBy(taskTemplates.name, taskTemplates.id).limit(500),
      ),
  }),
}

export class TaskTemplatesReader extends RecordsReader<TaskTemplateTypes, TaskTemplate[]> {
  constructor(executor: Executor) {
    super(executor, parts)
  }
}

export class TaskTemplatesWriter extends RecordsWriter<TaskTemplateTypes, TaskTemplate[]> {
  constructor(acting: Acting) {
    super(acting, parts)
  }
}
