import type { Permission } from '@tenantry/contracts/roles'
import { isTenantryError } from '@tenantry/errors'
import { appReader, type AppReader } from '../app-reader.ts'
import type { AppDb } from '../planes.ts'
import { openProcedure } from './builder.ts'
import { admitMember, admitMemberToChange, type Admitted } from './surroundings/admission.ts'
import { surrounded, type Call, type Proceed } from './surroundings/surrounded.ts'

/**
 * The application database: a query gets `ctx.appDb` for reading, a mutation the whole of it in one transaction.
 * Tenant-scoped repositories take `ctx.grant`.
 */
export const appProcedure = onApplicationDatabase((_call, change) => change())

/** Like `appProcedure`, for what a company decides about others that look at it: it may do so while it is suspended. */
export const consentProcedure = onApplicationDatabase((_call, change) => change(), admitMember)

/** Like `appProcedure`, for members and settings: once a change of them is committed, the tenant database hears of it. */
export const membersProcedure = onApplicationDatabase(async ({ services, caller }, change) => {
  const { grant, tenant } = caller
  try {
    await change()
  } catch (error) {
    if (isTenantryError(error, 'COMMIT_UNKNOWN')) services.memberProjection.makeDue(tenant.id)
    throw error
  }
  await services.memberProjection.refresh(grant, tenant.id)
})

function onApplicationDatabase(
  around: (call: Call<Admitted>, change: () => Promise<void>) => Promise<void>,
  admitToChange: typeof admitMember = admitMemberToChange,
) {
  return {
    meta: (meta: { permission: Permission }) =>
      openProcedure({
        query: (parse) =>
          surrounded(meta, parse, {
            admit: admitMember,
            open: ({ services }, proceed: Proceed<{ appDb: AppReader }>) =>
              proceed({ appDb: appReader(services.appDb) }),
          }),
        mutation: (parse) =>
          surrounded(meta, parse, {
            admit: admitToChange,
            open: (call, proceed: Proceed<{ appDb: AppDb }>) =>
              around(call, () => call.services.appDb.transaction((appDb) => proceed({ appDb }))),
          }),
      }),
  }
}
