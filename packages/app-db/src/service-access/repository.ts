import { parseTarget } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, isNotNull, ne } from 'drizzle-orm'
import type { TenantId } from '@tenantry/contracts/ids'
import type { TenantStatus } from '@tenantry/contracts/session'
import type { Access } from '../access.ts'
import type { ConnectionPoolConfig } from '../data-sources/connection-pool-config.ts'
import { tenants } from '../tenants/table.ts'

/** How the owner's side of a tenant's database is logged in to. The key is sealed; this package cannot open it. */
export interface ServiceTenant {
  id: TenantId
  slug: string
  status: TenantStatus
  placement: 'dedicated' | 'shared'
  url: string
  sealedServiceKey: string
  /** Undefined for a data source from before service roles were kept. */
  serviceRole: string | undefined
  tenantIdInDataSource: string
  /** `<server>/<database>/<epoch>`, as the tenant database said when it was set up. */
  identity: string
}

/** A login that serves requests, or one that only reads for support, with its sealed password. */
export interface ServingLogin {
  role: string
  sealedKey: string
  column: 'data_source_anon_key' | 'data_source_support_key'
}

/** For commands that work on the databases of all tenants; never for a request. */
export class ServiceAccessRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** The logins other than the owner's side; none for a tenant that has no data source. Throws NOT_FOUND. */
  async servingLogins(slug: string): Promise<ServingLogin[]> {
    const [row] = await this.#access.reader.db
      .select({
        url: tenants.dataSourceUrl,
        anonKey: tenants.dataSourceAnonKey,
        supportKey: tenants.dataSourceSupportKey,
        poolConfig: tenants.connectionPoolConfig,
      })
      .from(tenants)
      .where(eq(tenants.slug, slug))
    if (row === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    const serving = row.url === null ? undefined : parseTarget(row.url).user
    const support = row.poolConfig?.supportRole
    return [
      ...(serving === undefined || row.anonKey === null
        ? []
        : [{ role: serving, sealedKey: row.anonKey, column: 'data_source_anon_key' } as const]),
      ...(support === undefined || row.supportKey === null
        ? []
        : [{ role: support, sealedKey: row.supportKey, column: 'data_source_support_key' } as const]),
    ]
  }

  /** Bounds of the pool and names of logins, as an operator has set them. Throws NOT_FOUND. */
  async poolConfigOf(slug: string): Promise<ConnectionPoolConfig> {
    const [row] = await this.#access.reader.db
      .select({ poolConfig: tenants.connectionPoolConfig })
      .from(tenants)
      .where(eq(tenants.slug, slug))
    if (row === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    return row.poolConfig ?? {}
  }

  /** Every tenant with a data source that is not archived, by slug. */
  async tenants(): Promise<ServiceTenant[]> {
    const rows = await this.#access.reader.db
      .select({
        id: tenants.id,
        slug: tenants.slug,
        status: tenants.status,
        placement: tenants.placement,
        url: tenants.dataSourceUrl,
        sealedServiceKey: tenants.dataSourceServiceKey,
        poolConfig: tenants.connectionPoolConfig,
        tenantIdInDataSource: tenants.tenantIdInDataSource,
        identity: tenants.dataSourceIdentity,
      })
      .from(tenants)
      .where(and(ne(tenants.status, 'archived'), isNotNull(tenants.dataSourceUrl)))
      .orderBy(asc(tenants.slug))
    return rows.flatMap(({ poolConfig, placement, url, sealedServiceKey, tenantIdInDataSource, identity, ...tenant }) =>
      // A data source is there as a whole or not at all; the table sees to it.
      placement && url && sealedServiceKey && tenantIdInDataSource && identity
        ? [
            {
              ...tenant,
              placement,
              url,
              sealedServiceKey,
              serviceRole: poolConfig?.serviceRole,
              tenantIdInDataSource,
              identity,
            },
          ]
        : [],
    )
  }
}
