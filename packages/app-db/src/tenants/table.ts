import { instant } from '@tenantry/connections/columns'
import type { TenantId } from '@tenantry/contracts/ids'
import type { LimitedRole, RecordAccess } from '@tenantry/contracts/record-access'
import { sql } from 'drizzle-orm'
import { check, customType, index, integer, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import type { ConnectionPoolConfig } from '../data-sources/connection-pool-config.ts'

/** A transaction's number that never comes again. */
const transactionId = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' })

export const tenants = app.table(
  'tenants',
  {
    id: uuid('id').$type<TenantId>().primaryKey(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    status: text('status', { enum: ['active', 'suspended', 'archived'] })
      .notNull()
      .default('active'),
    trade: text('trade').notNull(),
    timeZone: text('time_zone').notNull(),
    locale: text('locale').notNull(),
    currency: text('currency').notNull(),
    /** What a role may see and change of each kind of record; a kind that is left out is not limited. */
    roleAccess: jsonb('role_access').$type<Partial<Record<LimitedRole, RecordAccess>>>().notNull().default({}),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    /** Login role, host, port, database and TLS mode; never a password. */
    dataSourceUrl: text('data_source_url'),
    dataSourceAnonKey: text('data_source_anon_key'),
    dataSourceServiceKey: text('data_source_service_key'),
    /** Sealed password of the role that can only read; a tenant set up before there was one has none yet. */
    dataSourceSupportKey: text('data_source_support_key'),
    dataSourceRegion: text('data_source_region'),
    connectionPoolConfig: jsonb('connection_pool_config').$type<ConnectionPoolConfig>(),
    tenantIdInDataSource: uuid('tenant_id_in_data_source'),
    /** What the tenant database said of itself when it was set up: `<server>/<database>/<epoch>`. A copy says something else. */
    dataSourceIdentity: text('data_source_identity'),
    placement: text('placement', { enum: ['dedicated', 'shared'] }),
    /** Counts the changes of data source, replicas and status. */
    dataSourceVersion: integer('data_source_version').notNull().default(1),
    /** The transaction that made the present version; what has changed since a snapshot is found by it. */
    changedIn: transactionId('changed_in')
      .notNull()
      .default(sql`pg_current_xact_id()`),
  },
  (t) => [
    check('tenants_status', sql`${t.status} in ('active', 'suspended', 'archived')`),
    check('tenants_placement', sql`${t.placement} in ('dedicated', 'shared')`),
    check('tenants_slug', sql`${t.slug} ~ '^[a-z][a-z0-9-]{1,38}[a-z0-9]$'`),
    check('tenants_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check(
      'tenants_data_source_all_or_none',
      sql`num_nonnulls(${t.dataSourceUrl}, ${t.dataSourceAnonKey}, ${t.dataSourceServiceKey}, ${t.dataSourceRegion}, ${t.connectionPoolConfig}, ${t.tenantIdInDataSource}, ${t.dataSourceIdentity}, ${t.placement}) in (0, 8)`,
    ),
    check(
      'tenants_support_key_of_a_data_source',
      sql`${t.dataSourceSupportKey} is null or ${t.dataSourceUrl} is not null`,
    ),
    check('tenants_data_source_url_has_no_password', sql`${t.dataSourceUrl} !~ '://[^/@]*:[^/]*@'`),
    check('tenants_data_source_identity', sql`${t.dataSourceIdentity} ~ '^[0-9]+/[0-9]+/[0-9]+$'`),
    check('tenants_own_id_in_data_source', sql`${t.tenantIdInDataSource} <> ${t.id}`),
    index('tenants_changed_in').on(t.changedIn),
    uniqueIndex('tenants_place').on(t.dataSourceUrl, t.tenantIdInDataSource),
  ],
)
