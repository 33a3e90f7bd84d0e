import type { TenantId } from '@tenantry/contracts/ids'
import type { TenantStatus } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { and, eq, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { announceTenantChange } from '../audit/record.ts'
import { tenants } from '../tenants/table.ts'

/** Of a tenant's logins one serves requests, one fleet and transfer, and one support access, which only reads. */
export type LoginKind = 'serving' | 'service' | 'support'

export interface DataSourceLogins {
  tenantId: TenantId
  status: TenantStatus
  /** Names the login that serves requests. */
  url: string
  serviceRole: string | null
  supportRole: string | null
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
        status: tenants.status,
        url: tenants.dataSourceUrl,
        serviceRole: sql<string | null>`${tenants.connectionPoolConfig} ->> 'serviceRole'`,
        supportRole: sql<string | null>`${tenants.connectionPoolConfig} ->> 'supportRole'`,
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
    const set = changeOf(login)
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
  | { kind: 'service' | 'support'; role: string; sealed: string }

function changeOf(login: NewLogin) {
  const naming = (role: Record<string, string>) =>
    sql`${tenants.connectionPoolConfig} || ${JSON.stringify(role)}::jsonb`
  switch (login.kind) {
    case 'serving':
      return { dataSourceUrl: login.url, dataSourceAnonKey: login.sealed }
    case 'service':
      return { connectionPoolConfig: naming({ serviceRole: login.role }), dataSourceServiceKey: login.sealed }
    case 'support':
      return { connectionPoolConfig: naming({ supportRole: login.role }), dataSourceSupportKey: login.sealed }
  }
}
