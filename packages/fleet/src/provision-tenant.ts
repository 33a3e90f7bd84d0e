import type { AppDb, ConnectionPoolConfig, DataSourceSettings } from '@tenantry/app-db/types'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Keyring } from '@tenantry/credentials/keyring'
import { seal, type CredentialColumn } from '@tenantry/credentials/seal'
import { addTenantToDatabase, prepareTenantDatabase, type TenantLogin } from '@tenantry/tenant-db/provision'
import { ensureLoginGroups } from '@tenantry/tenant-db/provision-groups'
import { randomBytes, randomUUID } from 'node:crypto'
import { ensureDatabase } from './ensure-database.ts'
import { appRoleOf, serviceRoleOf, supportRoleOf } from './tenant-roles.ts'

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
 * Gives a tenant its database: makes it where it is missing, migrates it, lets the tenant in with three logins of generated
 * passwords, and writes the data source with the passwords sealed. A shared database takes any number of tenants.
 */
export async function provisionTenant(options: ProvisionOptions): Promise<ProvisionedTenant> {
  const { appDb, operatorName, keyring, tenant, home, onProgress } = options
  const { admin, ownerRole } = await prepareHome(home, onProgress)
  const tenantIdInDataSource = randomUUID()
  const appRole = appRoleOf(tenantIdInDataSource)
  const logins = { ...generateLogins(appRole), support: generateSupportLogin(tenantIdInDataSource) }
  onProgress?.('logins')
  const { identity } = await addTenantToDatabase(admin, { ownerRole, tenantIdInDataSource, ...logins })
  await appDb.tenants.setDataSource(
    operatorName,
    tenant.slug,
    dataSourceOf({ ...home, admin, tenantId: tenant.id, tenantIdInDataSource, identity, logins, keyring }),
  )
  return { tenantIdInDataSource, role: logins.app.role }
}

export interface TenantLogins {
  /** Serves requests. */
  app: TenantLogin
  /** Of fleet and transfer. */
  service: TenantLogin
  /** Of support access. */
  support?: TenantLogin
}

/** The data source of a tenant that was let in, with the passwords sealed. */
export function dataSourceOf(facts: {
  admin: Target
  tenantId: TenantId
  tenantIdInDataSource: string
  identity: string
  logins: TenantLogins
  /** Its first key seals. */
  keyring: Keyring
  region: string
  placement: 'dedicated' | 'shared'
  poolConfig?: ConnectionPoolConfig
}): DataSourceSettings {
  const { admin, tenantId, logins, keyring } = facts
  const sealFor = (column: CredentialColumn, { password }: TenantLogin) => seal(keyring, password, { tenantId, column })
  const { app, service, support } = logins
  return {
    dataSourceUrl: dataSourceUrl(admin, app.role),
    dataSourceAnonKey: sealFor('data_source_anon_key', app),
    dataSourceServiceKey: sealFor('data_source_service_key', service),
    ...(support && { dataSourceSupportKey: sealFor('data_source_support_key', support) }),
    dataSourceRegion: facts.region,
    connectionPoolConfig: {
      ...facts.poolConfig,
      serviceRole: service.role,
      ...(support && { supportRole: support.role }),
    },
    tenantIdInDataSource: facts.tenantIdInDataSource,
    dataSourceIdentity: facts.identity,
    placement: facts.placement,
  }
}

/**
 * Makes the database where it is missing, brings it to the newest migration, and one that is shared its groups of logins.
 * Does nothing to one that is ready.
 */
export async function prepareHome(
  { server, database, placement }: Pick<TenantHome, 'server' | 'database' | 'placement'>,
  onProgress?: (step: string) => void,
): Promise<{ admin: Target; ownerRole: string }> {
  const admin: Target = { ...server, database }
  const ownerRole = ownerRoleOf(database)
  onProgress?.(`database ${database}`)
  await ensureDatabase(server, database)
  await prepareTenantDatabase(admin, { ownerRole, ...(onProgress && { onProgress }) })
  if (placement === 'shared') await withAdminConnection(admin, (run) => ensureLoginGroups(run, ownerRole))
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

/** Both with a password that nobody has seen. */
export function generateLogins(appRole: string): TenantLogins {
  return {
    app: { role: appRole, password: generatePassword() },
    service: { role: serviceRoleOf(appRole), password: generatePassword() },
  }
}

/** Of support access, with a password that nobody has seen. */
export function generateSupportLogin(tenantIdInDataSource: string): TenantLogin {
  return { role: supportRoleOf(tenantIdInDataSource), password: generatePassword() }
}

/** 192 bits. */
function generatePassword(): string {
  return randomBytes(24).toString('base64url')
}
