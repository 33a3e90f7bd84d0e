import { SwitchTenantInput, type SessionListItem, type SessionView } from '@tenantry/contracts/session'
import { router, signedInProcedure } from '../procedures.ts'

const own = signedInProcedure.meta({ permission: 'self' })

export const sessionRouter = router({
  view: own.query(async ({ ctx }): Promise<SessionView> => {
    const { user, tenant } = ctx.signedIn
    return { user, tenant, tenants: await ctx.ownSignIn.tenants() }
  }),
  list: own.query(({ ctx }): Promise<SessionListItem[]> => ctx.ownSignIn.sessions()),
  switchTenant: own.input(SwitchTenantInput).mutation(({ ctx, input }) => ctx.ownSignIn.switchTenant(input.tenantId)),
  signOut: own.mutation(({ ctx }) => ctx.ownSignIn.end()),
  signOutEverywhere: own.mutation(({ ctx }) => ctx.ownSignIn.endEverywhere()),
})
