import { AccountInput, AccountListQuery, AccountPatchInput } from '@tenantry/contracts/accounts'
import { AccountId } from '@tenantry/contracts/ids'
import { recordRef, recordVersion, timelineQuery, undoInput } from '@tenantry/contracts/record-inputs'
import { router, tenantProcedure } from '../procedures.ts'

const seeing = tenantProcedure.meta({ permission: 'records.see' })
const writing = tenantProcedure.meta({ permission: 'records.write' })
const adding = tenantProcedure.meta({ permission: 'records.write', statements: 'one' })

export const accountsRouter = router({
  list: seeing.input(AccountListQuery).query(({ ctx, input }) => ctx.tenantDb.accounts.list(input)),
  count: seeing.input(AccountListQuery).query(({ ctx, input }) => ctx.tenantDb.accounts.count(input)),
  byId: seeing.input(recordRef(AccountId)).query(({ ctx, input }) => ctx.tenantDb.accounts.byId(input.id)),
  timeline: seeing
    .input(timelineQuery(AccountId))
    .query(({ ctx, input }) => ctx.tenantDb.accounts.timeline(input.id, input)),
  create: adding.input(AccountInput).mutation(({ ctx, input }) => ctx.tenantDb.accounts.create(input)),
  patch: writing.input(AccountPatchInput).mutation(({ ctx, input }) => ctx.tenantDb.accounts.patch(input)),
  archive: writing.input(recordVersion(AccountId)).mutation(({ ctx, input }) => ctx.tenantDb.accounts.archive(input)),
  unarchive: writing
    .input(recordVersion(AccountId))
    .mutation(({ ctx, input }) => ctx.tenantDb.accounts.unarchive(input)),
  remove: writing.input(recordVersion(AccountId)).mutation(({ ctx, input }) => ctx.tenantDb.accounts.remove(input)),
  restore: writing.input(recordVersion(AccountId)).mutation(({ ctx, input }) => ctx.tenantDb.accounts.restore(input)),
  undo: writing
    .input(undoInput(AccountId))
    .mutation(({ ctx, input }) => ctx.tenantDb.accounts.undo(input.id, input.changeId)),
})
