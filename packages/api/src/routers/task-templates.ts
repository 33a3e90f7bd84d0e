import { TaskTemplateId } from '@tenantry/contracts/ids'
import { pageOf } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import {
  TaskTemplate,
  TaskTemplateInput,
  TaskTemplateListQuery,
  TaskTemplatePatchInput,
} from '@tenantry/contracts/task-templates'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

const requires = '0015_task_templates'
const seeing = tenantProcedure.meta({ permission: 'records.see', requires })
/** How the company works is decided by whoever decides about its pipelines. */
const managing = tenantProcedure.meta({ permission: 'pipelines.manage', requires })
const at = recordVersion(TaskTemplateId)

export const taskTemplatesRouter = router({
  list: seeing
    .input(TaskTemplateListQuery)
    .output(z.array(TaskTemplate))
    .query(({ ctx, input }) => ctx.tenantDb.taskTemplates.list(input)),
  byId: seeing
    .input(recordRef(TaskTemplateId))
    .output(TaskTemplate)
    .query(({ ctx, input }) => ctx.tenantDb.taskTemplates.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(TaskTemplateId))
    .output(pageOf(RecordChange))
    .query(({ ctx, input }) => ctx.tenantDb.taskTemplates.timeline(input.id, input)),
  create: managing
    .input(TaskTemplateInput)
    .output(TaskTemplate)
    .mutation(({ ctx, input }) => ctx.tenantDb.taskTemplates.create(input)),
  patch: managing
    .input(TaskTemplatePatchInput)
    .output(TaskTemplate)
    .mutation(({ ctx, input }) => ctx.tenantDb.taskTemplates.patch(input)),
  archive: managing
    .input(at)
    .output(TaskTemplate)
    .mutation(({ ctx, input }) => ctx.tenantDb.taskTemplates.archive(input)),
  unarchive: managing
    .input(at)
    .output(TaskTemplate)
    .mutation(({ ctx, input }) => ctx.tenantDb.taskTemplates.unarchive(input)),
  remove: managing
    .input(at)
    .output(TaskTemplate)
    .mutation(({ ctx, input }) => ctx.tenantDb.taskTemplates.remove(input)),
  restore: managing
    .input(at)
    .output(TaskTemplate)
    .mutation(({ ctx, input }) => ctx.tenantDb.taskTemplates.restore(input)),
  undo: managing
    .input(undoInput(TaskTemplateId))
    .output(TaskTemplate)
    .mutation(({ ctx, input }) => ctx.tenantDb.taskTemplates.undo(input.id, input.changeId)),
})
