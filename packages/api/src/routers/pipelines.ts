import { PipelineId } from '@tenantry/contracts/ids'
import { PipelineInput, PipelineListQuery, PipelinePatchInput } from '@tenantry/contracts/pipelines'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import { router, tenantProcedure } from '../procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const managing = tenantProcedure.meta({ permission: 'pipelines.manage' })

export const pipelinesRouter = router({
  list: seeing.input(PipelineListQuery).query(({ ctx, input }) => ctx.tenantDb.pipelines.list(input)),
  byId: seeing.input(recordRef(PipelineId)).query(({ ctx, input }) => ctx.tenantDb.pipelines.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(PipelineId))
    .query(({ ctx, input }) => ctx.tenantDb.pipelines.timeline(input.id, input)),
  create: managing.input(PipelineInput).mutation(({ ctx, input }) => ctx.tenantDb.pipelines.create(input)),
  patch: managing.input(PipelinePatchInput).mutation(({ ctx, input }) => ctx.tenantDb.pipelines.patch(input)),
  archive: managing
    .input(recordVersion(PipelineId))
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.archive(input)),
  unarchive: managing
    .input(recordVersion(PipelineId))
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.unarchive(input)),
  remove: managing.input(recordVersion(PipelineId)).mutation(({ ctx, input }) => ctx.tenantDb.pipelines.remove(input)),
  restore: managing
    .input(recordVersion(PipelineId))
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.restore(input)),
  undo: managing
    .input(undoInput(PipelineId))
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.undo(input.id, input.changeId)),
})
