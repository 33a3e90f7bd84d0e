import { DashboardOverview, DashboardQuery } from '@tenantry/contracts/dashboard'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

/** What the landing page shows. */
export const dashboardRouter = router({
  overview: tenantProcedure
    .meta({ permission: 'records.see', requires: '0028_invoice_sums' })
    .input(DashboardQuery)
    .output(DashboardOverview)
    .query(({ ctx, input }) => ctx.tenantDb.dashboard.overview(input)),
})
