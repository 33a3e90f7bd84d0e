import { PipelineId } from '@tenantry/contracts/ids'
import { Pipeline, PipelineInput, PipelineListQuery, PipelinePatchInput } from '@tenantry/contracts/pipelines'
import { pageOf } from '@tenantry/contracts/pages'
import { RecordChange } from '@tenantry/contracts/record'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const managing = tenantProcedure.meta({ permission: 'pipelines.manage' })

export const pipelinesRouter = router({
  list: seeing
    .input(PipelineListQuery)
    .output(z.array(Pipeline))
    .query(({ ctx, input }) => ctx.tenantDb.pipelines.list(input)),
  byId: seeing
    .input(recordRef(PipelineId))
    .output(Pipeline)
    .query(({ ctx, input }) => ctx.tenantDb.pipelines.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(PipelineId))
    .output(pageOf(RecordChange))
    .query(({ ctx, input }) => ctx.tenantDb.pipelines.timeline(input.id, input)),
  create: managing
    .input(PipelineInput)
    .output(Pipeline)
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.create(input)),
  patch: managing
    .input(PipelinePatchInput)
    .output(Pipeline)
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.patch(input)),
  archive: managing
    .input(recordVersion(PipelineId))
    .output(Pipeline)
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.archive(input)),
  unarchive: managing
    .input(recordVersion(PipelineId))
    .output(Pipeline)
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.unarchive(input)),
  remove: managing
    .input(recordVersion(PipelineId))
    .output(Pipeline)
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.remove(input)),
  restore: managing
    .input(recordVersion(PipelineId))
    .output(Pipeline)
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.restore(input)),
  undo: managing
    .input(undoInput(PipelineId))
    .output(Pipeline)
    .mutation(({ ctx, input }) => ctx.tenantDb.pipelines.undo(input.id, input.changeId)),
})
