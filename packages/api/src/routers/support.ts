import { z } from 'zod'
import { SupportAccess, SupportRef } from '@tenantry/contracts/support'
import { appProcedure, consentProcedure } from '../procedures/application.ts'
import { router } from '../procedures/router.ts'

/** Which operators look into the company. Everybody there may know of one who does; who runs it reads all of them. */
export const supportRouter = router({
  live: appProcedure
    .meta({ permission: 'records.see' })
    .output(z.array(SupportAccess))
    .query(({ ctx }) => ctx.appDb.supportAccess.live(ctx.grant)),
  list: appProcedure
    .meta({ permission: 'audit.see' })
    .output(z.array(SupportAccess))
    .query(({ ctx }) => ctx.appDb.supportAccess.list(ctx.grant)),
  end: consentProcedure
    .meta({ permission: 'tenant.manage' })
    .input(SupportRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.appDb.supportAccess.end(ctx.grant, input.id)),
})
