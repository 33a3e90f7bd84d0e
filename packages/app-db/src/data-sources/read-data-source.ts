import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import type { TenantStatus } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { eq, sql } from 'drizzle-orm'
import { parseReplicas, type Replica } from '../replicas/replica.ts'
import { dataSourceReplicas } from '../replicas/table.ts'
import { tenants } from '../tenants/table.ts'
import { ConnectionPoolConfig } from './connection-pool-config.ts'

/** Where a tenant's data lives. Keys are sealed; this package cannot open them. */
export interface DataSourceRecord {
  url: string
  sealedAnonKey: string
  /** Of the role that can only read, which `poolConfig.supportRole` names; null for a tenant that has none yet. */
  sealedSupportKey: string | null
  region: string
  poolConfig: ConnectionPoolConfig
  tenantIdInDataSource: string
  /** `<server>/<database>/<epoch>`, as the tenant database said when it was set up. */
  identity: string
  placement: 'dedicated' | 'shared'
  /** Of the tenant, as of the same moment as `identity`. */
  status: TenantStatus
  version: number
  /** `postgres://host:port/database` and TLS mode; role and password are those of the data source. */
  replicas: Replica[]
}

/** Throws TENANT_DATABASE_NOT_CONFIGURED, and CONFIGURATION_INVALID for a pool configuration nobody validated. */
export async function readDataSource(executor: Executor, tenantId: TenantId): Promise<DataSourceRecord> {
  const [row] = await executor.db
    .select({
      url: tenants.dataSourceUrl,
      sealedAnonKey: tenants.dataSourceAnonKey,
      sealedSupportKey: tenants.dataSourceSupportKey,
      region: tenants.dataSourceRegion,
      poolConfig: tenants.connectionPoolConfig,
      tenantIdInDataSource: tenants.tenantIdInDataSource,
      identity: tenants.dataSourceIdentity,
      placement: tenants.placement,
      status: tenants.status,
      version: tenants.dataSourceVersion,
      replicas: replicasOfTenant,
    })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
  if (row === undefined) throw new TenantryError('NOT_FOUND')
  const { url, sealedAnonKey, region, tenantIdInDataSource, identity, placement, status, version, replicas } = row
  if (!url || !sealedAnonKey || !region || !tenantIdInDataSource || !identity || !placement) {
    throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
  }
  const poolConfig = ConnectionPoolConfig.safeParse(row.poolConfig)
  if (!poolConfig.success)
    throw new TenantryError('CONFIGURATION_INVALID', { detail: { column: 'connection_pool_config' } })
  return {
    url,
    sealedAnonKey,
    sealedSupportKey: row.sealedSupportKey,
    region,
    poolConfig: poolConfig.data,
    tenantIdInDataSource,
    identity,
    placement,
    status,
    version,
    replicas,
  }
}

/** In the same query, since nobody but the owner of this data source asks for them. */
const replicasOfTenant = sql`coalesce((
  select jsonb_agg(jsonb_build_object('url', r.url, 'region', r.region) order by r.url)
  from ${dataSourceReplicas} r where r.tenant_id = ${tenants.id}), '[]')`.mapWith(parseReplicas)
