import { TaskTemplateId } from '@tenantry/contracts/ids'
import {
  TaskTemplate,
  TaskTemplateInput,
  TaskTemplateListQuery,
  TaskTemplatePatchInput,
} from '@tenantry/contracts/task-templates'
import { router } from '../procedures/router.ts'
import { settingProcedures } from '../record-procedures.ts'

export const taskTemplatesRouter = router(
  settingProcedures({
    id: TaskTemplateId,
    query: TaskTemplateListQuery,
    input: TaskTemplateInput,
    patch: TaskTemplatePatchInput,
    row: TaskTemplate,
    reader: (db) => db.taskTemplates,
    writer: (db) => db.taskTemplates,
    /** How the company works is decided by whoever decides about its pipelines. */
    permission: 'pipelines.manage',
    requires: '0015_task_templates',
  }),
)
