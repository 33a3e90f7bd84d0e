import { ContactInput, ContactListQuery, ContactPatchInput } from '@tenantry/contracts/contacts'
import { ContactId } from '@tenantry/contracts/ids'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import { router, tenantProcedure } from '../procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })

export const contactsRouter = router({
  list: seeing.input(ContactListQuery).query(({ ctx, input }) => ctx.tenantDb.contacts.list(input)),
  count: seeing.input(ContactListQuery).query(({ ctx, input }) => ctx.tenantDb.contacts.count(input)),
  byId: seeing.input(recordRef(ContactId)).query(({ ctx, input }) => ctx.tenantDb.contacts.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(ContactId))
    .query(({ ctx, input }) => ctx.tenantDb.contacts.timeline(input.id, input)),
  create: writing.input(ContactInput).mutation(({ ctx, input }) => ctx.tenantDb.contacts.create(input)),
  patch: writing.input(ContactPatchInput).mutation(({ ctx, input }) => ctx.tenantDb.contacts.patch(input)),
  archive: writing.input(recordVersion(ContactId)).mutation(({ ctx, input }) => ctx.tenantDb.contacts.archive(input)),
  unarchive: writing
    .input(recordVersion(ContactId))
    .mutation(({ ctx, input }) => ctx.tenantDb.contacts.unarchive(input)),
  remove: writing.input(recordVersion(ContactId)).mutation(({ ctx, input }) => ctx.tenantDb.contacts.remove(input)),
  restore: writing.input(recordVersion(ContactId)).mutation(({ ctx, input }) => ctx.tenantDb.contacts.restore(input)),
  undo: writing
    .input(undoInput(ContactId))
    .mutation(({ ctx, input }) => ctx.tenantDb.contacts.undo(input.id, input.changeId)),
})
