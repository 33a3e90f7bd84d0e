import { DashboardQuery } from '@tenantry/contracts/dashboard'
import { router, tenantProcedure } from '../procedures.ts'

/** What the landing page shows. */
export const dashboardRouter = router({
  overview: tenantProcedure
    .meta({ permission: 'records.see' })
    .input(DashboardQuery)
    .query(({ ctx, input }) => ctx.tenantDb.dashboard.overview(input)),
})
