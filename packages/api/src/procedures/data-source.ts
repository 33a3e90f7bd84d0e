import type { ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { Permission } from '@tenantry/contracts/roles'
import { diagnoseConnection } from '../diagnosis/diagnose-connection.ts'
import { takeDiagnosis } from '../diagnosis/take-diagnosis.ts'
import type { DataSources } from '../planes.ts'
import { openProcedure, type Parse } from './builder.ts'
import { admitMember } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/** Where the tenant's data lives and how it is: `ctx.dataSource` speaks about the caller's tenant and runs no business query. */
export const dataSourceProcedure = {
  meta: (meta: { permission: Permission }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitMember,
        open: ({ services, caller: { grant, tenant } }, proceed: Proceed<{ dataSource: DataSourceDesk }>) => {
          const { appDb, dataSources } = services
          return proceed({
            dataSource: {
              info: async () => withoutNeighbours(await dataSources.getTenantConnectionInfo(grant)),
              test: () => dataSources.testTenantConnection(grant),
              async diagnose() {
                await takeDiagnosis(appDb, { tenantId: tenant.id, by: 'tenant' })
                return diagnoseConnection({ dataSources, grant, tenant: { id: tenant.id, slug: tenant.slug } })
              },
            },
          })
        },
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}

interface DataSourceDesk {
  info(): ReturnType<DataSources['getTenantConnectionInfo']>
  test(): ReturnType<DataSources['testTenantConnection']>
  /** Throws TOO_MANY_REQUESTS. */
  diagnose(): Promise<ConnectionDiagnosis>
}

/** The size of a shared database is not its tenants' business. */
function withoutNeighbours(view: DataSourceView): DataSourceView {
  return view.placement === 'shared' ? { ...view, databaseBytes: null } : view
}
