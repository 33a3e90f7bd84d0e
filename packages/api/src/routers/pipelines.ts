import { PipelineId } from '@tenantry/contracts/ids'
import { Pipeline, PipelineInput, PipelineListQuery, PipelinePatchInput } from '@tenantry/contracts/pipelines'
import { router } from '../procedures/router.ts'
import { settingProcedures } from '../record-procedures.ts'

export const pipelinesRouter = router(
  settingProcedures({
    id: PipelineId,
    query: PipelineListQuery,
    input: PipelineInput,
    patch: PipelinePatchInput,
    row: Pipeline,
    reader: (db) => db.pipelines,
    writer: (db) => db.pipelines,
    permission: 'pipelines.manage',
  }),
)
