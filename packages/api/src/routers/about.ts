import { pageOf } from '@tenantry/contracts/pages'
import { AboutEntry, AboutQuery } from '@tenantry/contracts/about'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

/** What is about a record, whatever its kind. */
export const aboutRouter = router({
  timeline: tenantProcedure
    .meta({ permission: 'records.see' })
    .input(AboutQuery)
    .output(pageOf(AboutEntry))
    .query(({ ctx, input }) => ctx.tenantDb.about.timeline(input)),
})
