import { NumberSeries, NumberSeriesPatch } from '@tenantry/contracts/number-series'
import { z } from 'zod'
import { router } from '../procedures/router.ts'
import { tenantProcedure } from '../procedures/tenant.ts'

export const numberSeriesRouter = router({
  list: tenantProcedure
    .meta({ permission: 'records.see' })
    .output(z.array(NumberSeries))
    .query(({ ctx }) => ctx.tenantDb.numberSeries.list()),
  change: tenantProcedure
    .meta({ permission: 'money.manage' })
    .input(NumberSeriesPatch)
    .output(NumberSeries)
    .mutation(({ ctx, input }) => ctx.tenantDb.numberSeries.change(input)),
})
