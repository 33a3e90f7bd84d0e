import type { TenantId, UserId } from '@tenantry/contracts/ids'
import { roleAllows } from '@tenantry/contracts/roles'
import type { TenantStatus } from '@tenantry/contracts/session'
import type { TenantSettings, TenantSettingsPatch } from '@tenantry/contracts/tenants'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { v7 as uuidv7 } from 'uuid'
import type { Executor } from '@tenantry/connections/database'
import type { Access } from '../access.ts'
import { announceTenantChange } from '../audit/record.ts'
import { ConnectionPoolConfig } from '../data-sources/connection-pool-config.ts'
import { grantFacts, writingFacts, type TenantGrant } from '../grants/grant.ts'
import { memberships } from '../memberships/table.ts'
import { settingsChanged, staleSettings } from './stale-settings.ts'
import { dataSourceReplicas } from '../replicas/table.ts'
import { truth } from '../truth.ts'
import { tenants } from './table.ts'

export interface NewTenant {
  /** Where it was decided before, so that a creation that was interrupted goes on with the same one. */
  id?: TenantId
  slug: string
  name: string
  trade: string
  timeZone: string
  locale: string
  currency: string
  ownerId: UserId
}

/** All of it or none: the table refuses a half-configured tenant. */
export interface DataSourceSettings {
  dataSourceUrl: string
  /** Sealed. */
  dataSourceAnonKey: string
  /** Sealed. */
  dataSourceServiceKey: string
  /** Sealed; of the role that can only read. */
  dataSourceSupportKey?: string
  dataSourceRegion: string
  connectionPoolConfig: ConnectionPoolConfig
  tenantIdInDataSource: string
  /** As `addTenantToDatabase` read it from the tenant database. Another one on a new connection is a mismatch. */
  dataSourceIdentity: string
  placement: 'dedicated' | 'shared'
}

export interface OperatorTenant extends TenantSettings {
  placement: 'dedicated' | 'shared' | null
  /** Role, host, port, database; never a password. */
  dataSourceUrl: string | null
  dataSourceRegion: string | null
  dataSourceVersion: number
  tenantIdInDataSource: string | null
  /** Whether there is a login that can only read. */
  hasSupportLogin: boolean
}

export class TenantsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  async settings(grant: TenantGrant): Promise<TenantSettings> {
    const { tenantId } = grantFacts(grant)
    const [found] = await this.#access.reader.db.select(settingsColumns).from(tenants).where(eq(tenants.id, tenantId))
    if (found === undefined) throw new TenantryError('NOT_FOUND')
    return found
  }

  /** Throws STALE_WRITE with what somebody else saved since `version`. */
  async updateSettings(
    grant: TenantGrant,
    { version, patch }: { version: number; patch: TenantSettingsPatch },
  ): Promise<TenantSettings> {
    const facts = writingFacts(grant)
    if (facts.role !== null && !roleAllows(facts.role, 'tenant.manage')) throw new TenantryError('FORBIDDEN')
    const { principal, requestId } = facts
    return this.#access.write(async (tx) => {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
      const change = { action: settingsChanged, detail: { version: version + 1 } }
      await announceTenantChange(tx, { principal, requestId, ...change })
      const [saved] = await tx.db
        .update(tenants)
        .set({ ...given, version: sql`${tenants.version} + 1` })
        .where(and(eq(tenants.id, facts.tenantId), eq(tenants.version, version)))
        .returning(settingsColumns)
      if (saved === undefined) throw await staleSettings(tx, facts.tenantId, version)
      return saved
    })
  }

  /** For operators: every tenant by slug, without credentials. */
  listForOperator(): Promise<OperatorTenant[]> {
    return this.#access.reader.db.select(operatorColumns).from(tenants).orderBy(asc(tenants.slug))
  }

  /** For operators. */
  async findForOperator(slug: string): Promise<OperatorTenant | undefined> {
    const [found] = await this.#access.reader.db.select(operatorColumns).from(tenants).where(eq(tenants.slug, slug))
    return found
  }

  /** For operators: a tenant with its first owner. Throws CONFLICT when the slug is taken. */
  create(operatorName: string, { ownerId, id = uuidv7() as TenantId, ...tenant }: NewTenant): Promise<TenantId> {
    return this.#access.write(async (tx) => {
      await announceTenantChange(tx, { principal: { kind: 'operator', name: operatorName }, action: 'tenant.created' })
      await tx.db.insert(tenants).values({ ...tenant, id })
      await tx.db.insert(memberships).values({ tenantId: id, userId: ownerId, role: 'owner' })
      return id
    })
  }

  /** For operators; in force from the next request on. */
  setStatus(operatorName: string, slug: string, status: TenantStatus): Promise<void> {
    return this.#set(operatorName, slug, { action: 'tenant.status_changed', set: { status }, detail: { to: status } })
  }

  /**
   * For operators. Counts up `data_source_version`, so that nobody goes on with the old one. Replicas of another database than
   * this are forgotten in the same transaction: every request would be refused for them.
   */
  async setDataSource(operatorName: string, slug: string, dataSource: DataSourceSettings): Promise<void> {
    const checked = ConnectionPoolConfig.safeParse(dataSource.connectionPoolConfig)
    if (!checked.success)
      throw new TenantryError('CONFIGURATION_INVALID', { message: 'The pool configuration is not valid.' })
    const { dataSourceIdentity } = dataSource
    return this.#set(operatorName, slug, {
      before: (tx) => forgetReplicasOfOthers(tx, slug, dataSourceIdentity),
      action: 'tenant.data_source_changed',
      set: {
        ...dataSource,
        // A login of the place before opens nothing in the new one.
        dataSourceSupportKey: dataSource.dataSourceSupportKey ?? null,
        connectionPoolConfig: checked.data,
      },
      detail: { placement: dataSource.placement, region: dataSource.dataSourceRegion },
    })
  }

  /** For operators: the login that can only read, of a tenant that has a data source. Throws NOT_FOUND. */
  setSupportLogin(operatorName: string, slug: string, login: { role: string; sealedKey: string }): Promise<void> {
    const supportRole = JSON.stringify({ supportRole: login.role })
    return this.#set(operatorName, slug, {
      action: 'tenant.support_login_changed',
      set: {
        dataSourceSupportKey: login.sealedKey,
        connectionPoolConfig: sql`${tenants.connectionPoolConfig} || ${supportRole}::jsonb`,
      },
      detail: {},
    })
  }

  #set(operatorName: string, slug: string, { set, before, ...change }: Change): Promise<void> {
    return this.#access.write(async (tx) => {
      await before?.(tx)
      await announceTenantChange(tx, { principal: { kind: 'operator', name: operatorName }, ...change })
      const changed = await tx.db.update(tenants).set(set).where(eq(tenants.slug, slug)).returning({ id: tenants.id })
      if (changed.length === 0) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    })
  }
}

interface Change {
  action: string
  set: PgUpdateSetSource<typeof tenants>
  detail: Record<string, unknown>
  before?: (tx: Executor) => Promise<unknown>
}

/** A move within the database raises the epoch and keeps its standbys. */
async function forgetReplicasOfOthers(tx: Executor, slug: string, identity: string): Promise<void> {
  const place = identity.slice(0, identity.lastIndexOf('/') + 1)
  await tx.db.delete(dataSourceReplicas).where(
    sql`${dataSourceReplicas.tenantId} in (
      select t.id from ${tenants} t where t.slug = ${slug} and not starts_with(t.data_source_identity, ${place}))`,
  )
}

const settingsColumns = {
  id: tenants.id,
  slug: tenants.slug,
  name: tenants.name,
  status: tenants.status,
  trade: tenants.trade,
  timeZone: tenants.timeZone,
  locale: tenants.locale,
  currency: tenants.currency,
  version: tenants.version,
  createdAt: tenants.createdAt,
}

const operatorColumns = {
  ...settingsColumns,
  placement: tenants.placement,
  dataSourceUrl: tenants.dataSourceUrl,
  dataSourceRegion: tenants.dataSourceRegion,
  dataSourceVersion: tenants.dataSourceVersion,
  tenantIdInDataSource: tenants.tenantIdInDataSource,
  hasSupportLogin: sql<boolean>`${tenants.dataSourceSupportKey} is not null`.mapWith(truth),
}
