import { Mail } from '@tenantry/contracts/mail'
import { CommunicationId } from '@tenantry/contracts/ids'
import {
  Communication,
  CommunicationInput,
  CommunicationListQuery,
  CommunicationPatchInput,
} from '@tenantry/contracts/communications'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

export const communicationsRouter = router({
  /** How far the mails of a message have come, with what went wrong last. */
  mails: tenantProcedure
    .meta({ permission: 'records.see', requires: '0016_outbox' })
    .input(recordRef(CommunicationId))
    .output(z.array(Mail))
    .query(({ ctx, input }) => ctx.tenantDb.outbox.ofCommunication(input.id)),
  ...recordProcedures({
    id: CommunicationId,
    query: CommunicationListQuery,
    input: CommunicationInput,
    patch: CommunicationPatchInput,
    row: Communication,
    reader: (db) => db.communications,
    writer: (db) => db.communications,
    requires: '0007_lists_of_every_record',
  }),
})
