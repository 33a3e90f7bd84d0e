import type {
  FleetConnection,
  FleetQuery,
  FleetTenant,
  FleetTenantDetails,
  TenantStatusInput,
} from '@tenantry/contracts/fleet'
import type { ConnectionDiagnosis } from '@tenantry/contracts/connection-diagnosis'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { Page } from '@tenantry/contracts/pages'
import { TenantryError } from '@tenantry/errors'
import { diagnoseConnection } from './diagnosis/diagnose-connection.ts'
import { takeDiagnosis } from './diagnosis/take-diagnosis.ts'
import type { AppDb, DataSources, OperatorPass } from './planes.ts'
import type { TenantStates } from './tenant-states.ts'

/** What operators see and do about data sources. Of a company's rows they are only told how many there are. */
export interface FleetDesk {
  /** With what this process has open of each. */
  list(query: FleetQuery): Promise<Page<FleetTenant>>
  bySlug(slug: string): Promise<FleetTenantDetails>
  /** Connects anew, step by step, and keeps what was found. Throws NOT_FOUND, TENANT_ARCHIVED, TENANT_DATABASE_NOT_CONFIGURED. */
  check(slug: string): Promise<FleetConnection>
  /**
   * The whole way of a request, and how many rows each table has. The tenant's audit log shows who asked. Throws NOT_FOUND,
   * TENANT_ARCHIVED, TOO_MANY_REQUESTS.
   */
  diagnose(slug: string): Promise<ConnectionDiagnosis>
  /** In every process, within a second: the next request of that tenant reads its configuration and opens its login again. */
  invalidate(slug: string): Promise<void>
  /**
   * Suspends a tenant or lets it work again, in every process and in its database, and ends what it has under way. Throws
   * NOT_FOUND, TENANT_ARCHIVED, RULE_VIOLATED when the slug was not typed again, and what its database answers.
   */
  setStatus(input: TenantStatusInput): Promise<{ ended: number }>
}

export function fleetDesk(
  {
    appDb,
    dataSources,
    tenantStates,
  }: { appDb: AppDb; dataSources: DataSources; tenantStates: TenantStates | undefined },
  pass: OperatorPass,
): FleetDesk {
  const operatorDb = appDb.forOperator(pass)
  return {
    async list(query) {
      const { rows, nextCursor } = await operatorDb.fleet.list(query)
      const pools = poolsOf(dataSources)
      return { rows: rows.map((row) => ({ ...row, pool: pools.get(row.id) ?? null })), nextCursor }
    },
    async bySlug(slug) {
      const tenant = await operatorDb.fleet.bySlug(slug)
      return { ...tenant, pool: poolsOf(dataSources).get(tenant.id) ?? null }
    },
    async check(slug) {
      const grant = await operatorDb.grantFor(slug, 'connection test')
      const { view, finding } = await dataSources.examine(grant)
      await operatorDb.health.record(slug, finding)
      const { test, breaker, pool } = view
      return { test, breaker, pool, finding }
    },
    async diagnose(slug) {
      const { id } = await operatorDb.fleet.bySlug(slug)
      await takeDiagnosis(appDb, { tenantId: id, by: 'operator' })
      const grant = await operatorDb.grantFor(slug, 'connection diagnosis')
      return await diagnoseConnection({ dataSources, grant, tenant: { id, slug } })
    },
    invalidate: (slug) => operatorDb.fleet.invalidate(slug),
    async setStatus(input) {
      await operatorDb.fleet.assertStatusInput(input)
      if (tenantStates === undefined) throw withoutStates()
      return await tenantStates.change({
        slug: input.slug,
        state: input.status,
        startedBy: operatorDb.operatorName,
        setStatus: () => operatorDb.fleet.setStatus(input),
      })
    },
  }
}

function withoutStates(): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', {
    message: 'This server cannot change what companies may do. Use the command line.',
  })
}

/** Those to the primaries; standbys and support access have pools beside them. */
function poolsOf(dataSources: DataSources): Map<string, NonNullable<DataSourceView['pool']>> {
  const pools = new Map<string, NonNullable<DataSourceView['pool']>>()
  for (const { tenantId, to, pool } of dataSources.statistics().tenants) {
    const { max, open, idle, waiting } = pool
    if (to === 'primary') pools.set(tenantId, { max, open, idle, waiting })
  }
  return pools
}
