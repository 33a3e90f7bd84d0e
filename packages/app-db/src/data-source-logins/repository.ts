import type { TenantId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { and, eq, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { announceTenantChange } from '../audit/record.ts'
import { tenants } from '../tenants/table.ts'

/** Of a tenant's two logins one serves requests, the other one fleet and transfer. */
export type LoginKind = 'serving' | 'service'

export interface DataSourceLogins {
  tenantId: TenantId
  /** Names the login that serves requests. */
  url: string
  serviceRole: string | null
  tenantIdInDataSource: string
  /** What the database said about itself when it was set up. */
  identity: string
  /** Of the data source; counts up with each change. */
  version: number
}

/** For commands: with which logins a tenant's database is reached, without their passwords. */
export class DataSourceLoginsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Throws NOT_FOUND, TENANT_DATABASE_NOT_CONFIGURED. */
  async bySlug(slug: string): Promise<DataSourceLogins> {
    const [row] = await this.#access.reader.db
      .select({
        tenantId: tenants.id,
        url: tenants.dataSourceUrl,
        serviceRole: sql<string | null>`${tenants.connectionPoolConfig} ->> 'serviceRole'`,
        tenantIdInDataSource: tenants.tenantIdInDataSource,
        identity: tenants.dataSourceIdentity,
        version: tenants.dataSourceVersion,
      })
      .from(tenants)
      .where(eq(tenants.slug, slug))
    if (row === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    const { url, tenantIdInDataSource, identity, ...rest } = row
    if (url === null || tenantIdInDataSource === null || identity === null) {
      throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
    }
    return { ...rest, url, tenantIdInDataSource, identity }
  }

  /**
   * Lets every process log in with another role from its next request on. Only while the data source is the one that was
   * read, by its version: throws CONFLICT when somebody changed it meanwhile.
   */
  replace(
    operatorName: string,
    { tenantId, version }: Pick<DataSourceLogins, 'tenantId' | 'version'>,
    login: NewLogin,
  ): Promise<void> {
    const set =
      login.kind === 'serving'
        ? { dataSourceUrl: login.url, dataSourceAnonKey: login.sealed }
        : {
            connectionPoolConfig: sql`${tenants.connectionPoolConfig} || ${JSON.stringify({ serviceRole: login.role })}::jsonb`,
            dataSourceServiceKey: login.sealed,
          }
    const principal = { kind: 'operator', name: operatorName } as const
    return this.#access.write(async (tx) => {
      await announceTenantChange(tx, { principal, action: 'tenant.password_changed', detail: { login: login.kind } })
      const changed = await tx.db
        .update(tenants)
        .set(set)
        .where(and(eq(tenants.id, tenantId), eq(tenants.dataSourceVersion, version)))
        .returning({ id: tenants.id })
      if (changed.length > 0) return
      throw new TenantryError('CONFLICT', { message: 'The data source was changed meanwhile. Run the command again.' })
    })
  }
}

export type NewLogin =
  | { kind: 'serving'; /** Names the new role. */ url: string; sealed: string }
  | { kind: 'service'; role: string; sealed: string }
