import { DuplicateCandidates } from '@tenantry/contracts/duplicates'
import { LeadId } from '@tenantry/contracts/ids'
import { LeadConversion, LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import { Lead, LeadInput, LeadListQuery, LeadPatchInput } from '@tenantry/contracts/leads'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { findCandidates } from '@tenantry/crm/candidates'
import { convertLead } from '@tenantry/crm/leads'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

const requires = '0007_lists_of_every_record'

export const leadsRouter = router({
  ...recordProcedures({
    id: LeadId,
    query: LeadListQuery,
    input: LeadInput,
    patch: LeadPatchInput,
    row: Lead,
    reader: (db) => db.leads,
    writer: (db) => db.leads,
    requires,
  }),
  candidates: tenantProcedure
    .meta({ permission: 'records.see', requires })
    .input(recordRef(LeadId))
    .output(DuplicateCandidates)
    .query(({ ctx, input }) => findCandidates(ctx.tenantDb, input.id)),
  convert: tenantProcedure
    // Its files go along.
    .meta({ permission: 'records.write', requires: '0026_files_of_messages' })
    .input(LeadConversionInput)
    .output(LeadConversion)
    .mutation(({ ctx, input }) => convertLead(ctx.tenantDb, input)),
})
