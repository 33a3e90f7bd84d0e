import { SwitchTenantInput, type SessionListItem, type SessionView } from '@tenantry/contracts/session'
import { router, signedInProcedure } from '../procedures.ts'

const own = signedInProcedure.meta({ permission: 'self' })

export const sessionRouter = router({
  view: own.query(async ({ ctx }): Promise<SessionView> => {
    const { user, tenant } = ctx.signedIn
    return { user, tenant, tenants: await ctx.auth.tenantsOf(ctx.signedIn) }
  }),
  list: own.query(({ ctx }): Promise<SessionListItem[]> => ctx.auth.sessionsOf(ctx.signedIn)),
  switchTenant: own
    .input(SwitchTenantInput)
    .mutation(({ ctx, input }) => ctx.auth.switchTenant(ctx.signedIn, input.tenantId)),
  signOut: own.mutation(({ ctx }) => ctx.auth.signOut(ctx.signedIn)),
  signOutEverywhere: own.mutation(({ ctx }) => ctx.auth.signOutEverywhere(ctx.signedIn)),
})
