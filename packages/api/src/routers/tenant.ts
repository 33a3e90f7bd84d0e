import { TenantSettings, TenantSettingsPatchInput } from '@tenantry/contracts/tenants'
import { appProcedure, membersProcedure } from '../procedures/application.ts'
import { dataSourceProcedure } from '../procedures/data-source.ts'
import { router } from '../procedures/router.ts'

const managingDataSource = dataSourceProcedure.meta({ permission: 'tenant.manage' })

export const tenantRouter = router({
  settings: appProcedure
    .meta({ permission: 'records.see' })
    .output(TenantSettings)
    .query(({ ctx }) => ctx.appDb.tenants.settings(ctx.grant)),
  updateSettings: membersProcedure
    .meta({ permission: 'tenant.manage' })
    .input(TenantSettingsPatchInput)
    .mutation(({ ctx, input }) => ctx.appDb.tenants.updateSettings(ctx.grant, input)),
  dataSource: managingDataSource.query(({ ctx }) => ctx.dataSource.info()),
  diagnose: managingDataSource.query(({ ctx }) => ctx.dataSource.diagnose()),
  testDataSource: managingDataSource.mutation(({ ctx }) => ctx.dataSource.test()),
})
