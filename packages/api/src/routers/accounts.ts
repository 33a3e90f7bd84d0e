import { AccountCandidates } from '@tenantry/contracts/duplicates'
import { Account, AccountInput, AccountListQuery, AccountPatchInput } from '@tenantry/contracts/accounts'
import { AccountId } from '@tenantry/contracts/ids'
import { AccountMergeInput } from '@tenantry/contracts/merges'
import { recordRef } from '@tenantry/contracts/record-inputs'
import { accountDuplicates } from '@tenantry/crm/duplicates'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'
import { askedForCustom, recordProcedures } from '../record-procedures.ts'

/** One statement, unless the definitions of custom fields are read before it. */
const adding = tenantProcedure.meta({
  permission: 'records.write',
  statements: (input) => (Object.keys((input as AccountInput).custom ?? {}).length === 0 ? 'one' : 'many'),
})

export const accountsRouter = router({
  ...recordProcedures({
    id: AccountId,
    query: AccountListQuery,
    input: AccountInput,
    patch: AccountPatchInput,
    row: Account,
    reader: (db) => db.accounts,
    writer: (db) => db.accounts,
  }),
  duplicates: tenantProcedure
    .meta({ permission: 'records.see' })
    .input(recordRef(AccountId))
    .output(AccountCandidates)
    .query(({ ctx, input }) => accountDuplicates(ctx.tenantDb, input.id)),
  merge: tenantProcedure
    .meta({ permission: 'records.write', requires: '0014_merges' })
    .input(AccountMergeInput)
    .output(Account)
    .mutation(({ ctx, input }) => ctx.tenantDb.accounts.merge(input)),
  create: adding
    .input(AccountInput)
    .output(Account)
    .mutation(({ ctx, input }) => ctx.tenantDb.accounts.create(askedForCustom(input))),
})
