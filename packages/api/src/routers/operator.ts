import { z } from 'zod'
import { ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import {
  FleetConnection,
  FleetQuery,
  FleetRun,
  FleetRunsQuery,
  FleetSummary,
  FleetTenant,
  FleetTenantDetails,
  TenantAuditQuery,
  TenantRef,
  TenantStatusChange,
  TenantStatusInput,
} from '@tenantry/contracts/fleet'
import { pageOf } from '@tenantry/contracts/pages'
import { SupportAccess, SupportInput, SupportRef } from '@tenantry/contracts/support'
import { AuditEntry } from '@tenantry/contracts/tenants'
import { fleetProcedure } from '../procedures/fleet.ts'
import { operatorProcedure } from '../procedures/operator.ts'
import { router } from '../procedures/router.ts'

const operating = operatorProcedure.meta({ permission: 'operator' })
const lookingAfter = fleetProcedure.meta({ permission: 'operator' })

/** The console. Tenants are named by their slug, as at the command line. */
export const operatorRouter = router({
  summary: operating.output(FleetSummary).query(({ ctx }) => ctx.operatorDb.summary()),
  tenants: lookingAfter
    .input(FleetQuery)
    .output(pageOf(FleetTenant))
    .query(({ ctx, input }) => ctx.fleet.list(input)),
  tenant: lookingAfter
    .input(TenantRef)
    .output(FleetTenantDetails)
    .query(({ ctx, input }) => ctx.fleet.bySlug(input.slug)),
  diagnose: lookingAfter
    .input(TenantRef)
    .output(ConnectionDiagnosis)
    .query(({ ctx, input }) => ctx.fleet.diagnose(input.slug)),
  audit: operating
    .input(TenantAuditQuery)
    .output(pageOf(AuditEntry))
    .query(({ ctx, input }) => ctx.operatorDb.audit(input)),
  runs: operating
    .input(FleetRunsQuery)
    .output(z.array(FleetRun))
    .query(({ ctx, input }) => ctx.operatorDb.runs(input)),
  check: lookingAfter
    .input(TenantRef)
    .output(FleetConnection)
    .mutation(({ ctx, input }) => ctx.fleet.check(input.slug)),
  invalidate: lookingAfter
    .input(TenantRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.fleet.invalidate(input.slug)),
  setStatus: lookingAfter
    .input(TenantStatusInput)
    .output(TenantStatusChange)
    .mutation(({ ctx, input }) => ctx.fleet.setStatus(input)),
  /** Opens it and goes there: the session reads in that company from its next request on. */
  openSupport: operating
    .input(SupportInput)
    .output(SupportAccess)
    .mutation(async ({ ctx, input }) => {
      const access = await ctx.operatorDb.support.open(input)
      await ctx.operatorDb.support.enter(ctx.sessionId, access.id)
      return access
    }),
  enterSupport: operating
    .input(SupportRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.operatorDb.support.enter(ctx.sessionId, input.id)),
  leaveSupport: operating.output(z.void()).mutation(({ ctx }) => ctx.operatorDb.support.leave(ctx.sessionId)),
  endSupport: operating
    .input(SupportRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.operatorDb.support.end(input.id)),
})
