import { PipelineInput, PipelinePatchInput } from '@tenantry/contracts/pipelines'
import { router, tenantProcedure } from '../procedures.ts'

const managing = tenantProcedure.meta({ permission: 'pipelines.manage' })

export const pipelinesRouter = router({
  list: tenantProcedure.meta({ permission: 'records.see' }).query(({ ctx }) => ctx.tenantDb.pipelines.list()),
  create: managing.input(PipelineInput).mutation(({ ctx, input }) => ctx.tenantDb.pipelines.create(input)),
  patch: managing.input(PipelinePatchInput).mutation(({ ctx, input }) => ctx.tenantDb.pipelines.patch(input)),
})
