import { ContactCandidates } from '@tenantry/contracts/duplicates'
import {
  Contact,
  ContactInput,
  ContactListQuery,
  ContactPatchInput,
  ContactSummary,
} from '@tenantry/contracts/contacts'
import { ContactId } from '@tenantry/contracts/ids'
import { ContactMergeInput } from '@tenantry/contracts/merges'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { contactDuplicates } from '@tenantry/crm/duplicates'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { recordProcedures } from '../record-procedures.ts'

export const contactsRouter = router({
  ...recordProcedures({
    id: ContactId,
    query: ContactListQuery,
    input: ContactInput,
    patch: ContactPatchInput,
    row: Contact,
    listed: ContactSummary,
    reader: (db) => db.contacts,
    writer: (db) => db.contacts,
  }),
  duplicates: tenantProcedure
    .meta({ permission: 'records.see' })
    .input(recordRef(ContactId))
    .output(ContactCandidates)
    .query(({ ctx, input }) => contactDuplicates(ctx.tenantDb, input.id)),
  merge: tenantProcedure
    .meta({ permission: 'records.write', requires: '0014_merges' })
    .input(ContactMergeInput)
    .output(Contact)
    .mutation(({ ctx, input }) => ctx.tenantDb.contacts.merge(input)),
})
