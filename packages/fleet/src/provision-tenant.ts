import type { AppDb, ConnectionPoolConfig } from '@tenantry/app-db/types'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Keyring } from '@tenantry/credentials/keyring'
import { seal } from '@tenantry/credentials/seal'
import { addTenantToDatabase, prepareTenantDatabase, type TenantLogin } from '@tenantry/tenant-db/provision'
import { randomBytes, randomUUID } from 'node:crypto'
import { ensureDatabase } from './ensure-database.ts'

/** Where a tenant's database is to be. */
export interface TenantHome {
  /** A superuser of the server, or a role that may create databases and roles, on a database that exists. */
  server: Target
  database: string
  placement: 'dedicated' | 'shared'
  region: string
  poolConfig?: ConnectionPoolConfig
}

export interface ProvisionOptions {
  appDb: AppDb
  /** Seals the generated passwords under its first key. */
  keyring: Keyring
  /** Who the audit log will name. */
  operatorName: string
  /** A tenant of the application database. */
  tenant: { id: TenantId; slug: string }
  home: TenantHome
  onProgress?: (step: string) => void
}

export interface ProvisionedTenant {
  tenantIdInDataSource: string
  /** The login that serves requests. */
  role: string
}

/**
 * Gives a tenant its database: makes it where it is missing, migrates it, lets the tenant in with two logins of generated
 * passwords, and writes the data source with both passwords sealed. A shared database takes any number of tenants.
 */
export async function provisionTenant(options: ProvisionOptions): Promise<ProvisionedTenant> {
  const { appDb, operatorName, tenant, home, onProgress } = options
  const { admin, ownerRole } = await prepareHome(home, onProgress)
  const tenantIdInDataSource = randomUUID()
  const { app, service } = loginsFor(tenantIdInDataSource)
  onProgress?.('logins')
  const { identity } = await addTenantToDatabase(admin, { ownerRole, tenantIdInDataSource, app, service })

  const sealFor = (column: 'data_source_anon_key' | 'data_source_service_key', { password }: TenantLogin) =>
    seal(options.keyring, password, { tenantId: tenant.id, column })
  await appDb.tenants.setDataSource(operatorName, tenant.slug, {
    dataSourceUrl: dataSourceUrl(admin, app.role),
    dataSourceAnonKey: sealFor('data_source_anon_key', app),
    dataSourceServiceKey: sealFor('data_source_service_key', service),
    dataSourceRegion: home.region,
    connectionPoolConfig: { ...home.poolConfig, serviceRole: service.role },
    tenantIdInDataSource,
    dataSourceIdentity: identity,
    placement: home.placement,
  })
  return { tenantIdInDataSource, role: app.role }
}

/** Makes the database where it is missing, and brings it to the newest migration. Does nothing to one that is ready. */
export async function prepareHome(
  { server, database }: Pick<TenantHome, 'server' | 'database'>,
  onProgress?: (step: string) => void,
): Promise<{ admin: Target; ownerRole: string }> {
  const admin: Target = { ...server, database }
  const ownerRole = ownerRoleOf(database)
  onProgress?.(`database ${database}`)
  await ensureDatabase(server, database)
  await prepareTenantDatabase(admin, { ownerRole, ...(onProgress && { onProgress }) })
  return { admin, ownerRole }
}

/** Owns schema `crm` of one database; no login. */
export function ownerRoleOf(database: string): string {
  return `${database}_owner`
}

/** Role, host, port, database and TLS mode, as `tenants.data_source_url` holds them; never a password. */
export function dataSourceUrl({ host, port, database, tls }: Target, role: string): string {
  const address = host.includes(':') ? `[${host}]` : host
  return `postgres://${role}@${address}:${port}/${database}?sslmode=${tls === 'off' ? 'disable' : 'verify-full'}`
}

/** Roles belong to the whole server, so they are named after the one id that is unique there. */
function loginsFor(tenantIdInDataSource: string): { app: TenantLogin; service: TenantLogin } {
  const role = `tenant_${tenantIdInDataSource.replaceAll('-', '').slice(0, 16)}`
  return {
    app: { role, password: generatePassword() },
    service: { role: `${role}_service`, password: generatePassword() },
  }
}

/** 192 bits. */
function generatePassword(): string {
  return randomBytes(24).toString('base64url')
}
