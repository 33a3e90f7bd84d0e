import { ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import { DataSourceView } from '@tenantry/contracts/data-source'
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
    .output(TenantSettings)
    .mutation(({ ctx, input }) => ctx.appDb.tenants.updateSettings(ctx.grant, input)),
  dataSource: managingDataSource.output(DataSourceView).query(({ ctx }) => ctx.dataSource.info()),
  diagnose: managingDataSource.output(ConnectionDiagnosis).query(({ ctx }) => ctx.dataSource.diagnose()),
  testDataSource: managingDataSource.output(DataSourceView.shape.test).mutation(({ ctx }) => ctx.dataSource.test()),
})
