import { Account, AccountInput, AccountListQuery, AccountPatchInput } from '@tenantry/contracts/accounts'
import { AccountId } from '@tenantry/contracts/ids'
import { router, tenantProcedure } from '../procedures.ts'
import { recordProcedures } from '../record-procedures.ts'

const adding = tenantProcedure.meta({ permission: 'records.write', statements: 'one', output: Account })

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
  create: adding.input(AccountInput).mutation(({ ctx, input }) => ctx.tenantDb.accounts.create(input)),
})
