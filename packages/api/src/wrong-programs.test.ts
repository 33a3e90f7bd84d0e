/* oxlint-disable typescript/no-unsafe-return, typescript/no-unsafe-call -- what does not compile has no type */
import { AccountInput } from '@tenantry/contracts/accounts'
import { expect, test } from 'vitest'
import { appProcedure } from './procedures/application.ts'
import { signedInProcedure } from './procedures/signed-in.ts'
import { tenantProcedure } from './procedures/tenant.ts'

/** These programs are wrong. None of them is run: a build that accepts one has an unused `@ts-expect-error` and fails. */
export const wrong = [
  // @ts-expect-error -- a procedure without a permission cannot be finished
  () => tenantProcedure.query(() => 1),
  // @ts-expect-error -- an empty meta is no permission
  () => tenantProcedure.meta({}).query(() => 1),
  // @ts-expect-error -- a permission that does not exist
  () => tenantProcedure.meta({ permission: 'records.sea' }).query(() => 1),
  // @ts-expect-error -- a database is not opened for a mere sign-in
  () => appProcedure.meta({ permission: 'self' }).query(() => 1),
  // @ts-expect-error -- the application database is not in the context of business procedures
  () => tenantProcedure.meta({ permission: 'records.see' }).query(({ ctx }) => ctx.appDb),
  // @ts-expect-error -- the tenant database is not in the context of application procedures
  () => appProcedure.meta({ permission: 'members.see' }).query(({ ctx }) => ctx.tenantDb),
  // @ts-expect-error -- a sign-in alone carries no database
  () => signedInProcedure.meta({ permission: 'self' }).query(({ ctx }) => ctx.tenantDb),
  () =>
    tenantProcedure
      .meta({ permission: 'records.see' })
      .input(AccountInput)
      // @ts-expect-error -- a query cannot write
      .query(({ ctx, input }) => ctx.tenantDb.accounts.create(input)),
  () =>
    appProcedure
      .meta({ permission: 'members.see' })
      // @ts-expect-error -- a query cannot write to the application database either
      .query(({ ctx }) => ctx.appDb.memberships.setRole),
  () =>
    tenantProcedure
      .meta({ permission: 'records.see' })
      .output(AccountInput)
      // @ts-expect-error -- what is answered is what is described
      .query(({ ctx }) => ctx.tenantDb.pipelines.list()),
  // @ts-expect-error -- sign-in is not done on behalf of others
  () => signedInProcedure.meta({ permission: 'self' }).query(({ ctx }) => ctx.ownSignIn.createUser),
]

/** The same, right: what the wrong ones are compared with. */
export const right = [
  () => tenantProcedure.meta({ permission: 'records.see' }).query(({ ctx }) => ctx.tenantDb.pipelines.list()),
  () =>
    tenantProcedure
      .meta({ permission: 'records.write' })
      .input(AccountInput)
      .mutation(({ ctx, input }) => ctx.tenantDb.accounts.create(input)),
  () => appProcedure.meta({ permission: 'members.see' }).query(({ ctx }) => ctx.appDb.memberships),
]

test('the right programs build procedures', () => {
  for (const program of right) expect(program()).toBeTypeOf('function')
})
