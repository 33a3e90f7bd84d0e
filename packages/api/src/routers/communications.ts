import { CommunicationId } from '@tenantry/contracts/ids'
import {
  Communication,
  CommunicationInput,
  CommunicationListQuery,
  CommunicationPatchInput,
} from '@tenantry/contracts/communications'
import { router } from '../procedures.ts'
import { recordProcedures } from '../record-procedures.ts'

export const communicationsRouter = router(
  recordProcedures({
    id: CommunicationId,
    query: CommunicationListQuery,
    input: CommunicationInput,
    patch: CommunicationPatchInput,
    row: Communication,
    reader: (db) => db.communications,
    writer: (db) => db.communications,
    requires: '0007_lists_of_every_record',
  }),
)
