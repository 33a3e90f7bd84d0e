import { ResourceId } from '@tenantry/contracts/ids'
import { Resource, ResourceInput, ResourceListQuery, ResourcePatchInput } from '@tenantry/contracts/resources'
import { router } from '../procedures/router.ts'
import { recordProcedures } from '../record-procedures.ts'

export const resourcesRouter = router(
  recordProcedures({
    id: ResourceId,
    query: ResourceListQuery,
    input: ResourceInput,
    patch: ResourcePatchInput,
    row: Resource,
    reader: (db) => db.resources,
    writer: (db) => db.resources,
    requires: '0007_lists_of_every_record',
  }),
)
