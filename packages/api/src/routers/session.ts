import { z } from 'zod'
import { SessionListItem, SessionView, SwitchTenantInput } from '@tenantry/contracts/session'
import type { SignedIn } from '../planes.ts'
import { router } from '../procedures/router.ts'
import { signedInProcedure } from '../procedures/signed-in.ts'

const own = signedInProcedure.meta({ permission: 'self' })

export const sessionRouter = router({
  view: own.output(SessionView).query(async ({ ctx }) => {
    const { user, tenant, operatorPass, support } = ctx.signedIn
    const tenants = await ctx.ownSignIn.tenants()
    return { user, tenant, tenants, isOperator: operatorPass !== null, support: shownOf(support) }
  }),
  list: own.output(z.array(SessionListItem)).query(({ ctx }) => ctx.ownSignIn.sessions()),
  switchTenant: own
    .input(SwitchTenantInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.ownSignIn.switchTenant(input.tenantId)),
  signOut: own.output(z.void()).mutation(({ ctx }) => ctx.ownSignIn.end()),
  signOutEverywhere: own.output(z.void()).mutation(({ ctx }) => ctx.ownSignIn.endEverywhere()),
})

function shownOf(support: SignedIn['support']): SessionView['support'] {
  if (support === null || support === 'ended') return support
  return { reason: support.reason, expiresAt: support.expiresAt }
}
