import { FleetQuery, FleetRunsQuery, TenantAuditQuery, TenantRef, TenantStatusInput } from '@tenantry/contracts/fleet'
import { SupportInput, SupportRef } from '@tenantry/contracts/support'
import { fleetProcedure } from '../procedures/fleet.ts'
import { operatorProcedure } from '../procedures/operator.ts'
import { router } from '../procedures/router.ts'

const operating = operatorProcedure.meta({ permission: 'operator' })
const lookingAfter = fleetProcedure.meta({ permission: 'operator' })

/** The console. Tenants are named by their slug, as at the command line. */
export const operatorRouter = router({
  summary: operating.query(({ ctx }) => ctx.operatorDb.summary()),
  tenants: lookingAfter.input(FleetQuery).query(({ ctx, input }) => ctx.fleet.list(input)),
  tenant: lookingAfter.input(TenantRef).query(({ ctx, input }) => ctx.fleet.bySlug(input.slug)),
  diagnose: lookingAfter.input(TenantRef).query(({ ctx, input }) => ctx.fleet.diagnose(input.slug)),
  audit: operating.input(TenantAuditQuery).query(({ ctx, input }) => ctx.operatorDb.audit(input)),
  runs: operating.input(FleetRunsQuery).query(({ ctx, input }) => ctx.operatorDb.runs(input)),
  check: lookingAfter.input(TenantRef).mutation(({ ctx, input }) => ctx.fleet.check(input.slug)),
  invalidate: lookingAfter.input(TenantRef).mutation(({ ctx, input }) => ctx.fleet.invalidate(input.slug)),
  setStatus: lookingAfter.input(TenantStatusInput).mutation(({ ctx, input }) => ctx.fleet.setStatus(input)),
  /** Opens it and goes there: the session reads in that company from its next request on. */
  openSupport: operating.input(SupportInput).mutation(async ({ ctx, input }) => {
    const access = await ctx.operatorDb.support.open(input)
    await ctx.operatorDb.support.enter(ctx.sessionId, access.id)
    return access
  }),
  enterSupport: operating
    .input(SupportRef)
    .mutation(({ ctx, input }) => ctx.operatorDb.support.enter(ctx.sessionId, input.id)),
  leaveSupport: operating.mutation(({ ctx }) => ctx.operatorDb.support.leave(ctx.sessionId)),
  endSupport: operating.input(SupportRef).mutation(({ ctx, input }) => ctx.operatorDb.support.end(input.id)),
})
