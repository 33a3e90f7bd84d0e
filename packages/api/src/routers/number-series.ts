import { NumberSeriesPatch } from '@tenantry/contracts/number-series'
import { router, tenantProcedure } from '../procedures.ts'

export const numberSeriesRouter = router({
  list: tenantProcedure.meta({ permission: 'records.see' }).query(({ ctx }) => ctx.tenantDb.numberSeries.list()),
  change: tenantProcedure
    .meta({ permission: 'money.manage' })
    .input(NumberSeriesPatch)
    .mutation(({ ctx, input }) => ctx.tenantDb.numberSeries.change(input)),
})
