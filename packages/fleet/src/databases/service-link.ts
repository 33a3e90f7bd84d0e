import type { ServiceTenant } from '@tenantry/app-db/types'
import { openAdminLink, type AdminLink, type AdminRun } from '@tenantry/connections/admin'
import { parseTarget, type Target } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { open } from '@tenantry/credentials/seal'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { longestStatementMs } from '@tenantry/migrations'
import { identityQuestion, type DatabaseIdentity } from '@tenantry/tenant-db/proof'
import type { FleetDatabase } from './fleet-database.ts'

/** A connection to a tenant database, acting as its owner. */
export interface ServiceLink extends AsyncDisposable {
  run: AdminRun
  /** False for a database without schema `crm`, which is nobody's yet. */
  hasSchema: boolean
}

export interface ServiceLinkOptions {
  keyring: Keyring
  /** Default 5,000. */
  connectMs?: number | undefined
}

/**
 * Logs in with the service key of one of the database's tenants, and makes sure that the database is that tenant's before
 * anything else is asked of it. When one tenant's login does not work the next one's is tried: a shared database is not
 * given up for one spoilt key. Throws what was found out last.
 */
export async function openServiceLink({ tenants }: FleetDatabase, options: ServiceLinkOptions): Promise<ServiceLink> {
  let failure: unknown = new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
  for (const tenant of tenants) {
    try {
      return await openAs(tenant, options)
    } catch (error) {
      failure = error
      // Nobody else's key opens a server that is away.
      if (isAway(error)) break
    }
  }
  throw failure
}

async function openAs(tenant: ServiceTenant, { keyring, connectMs }: ServiceLinkOptions): Promise<ServiceLink> {
  const options = { statementMs: longestStatementMs, ...(connectMs !== undefined && { connectMs }) }
  const link = await openAdminLink(serviceTarget(tenant, keyring), options)
  try {
    // Sent together: a fleet has many databases, and each round trip is waited for in each of them.
    const [, identity, schema] = await Promise.allSettled([
      link.run(becomeOwner),
      link.run<DatabaseIdentity>(identityQuestion),
      link.run<{ exists: boolean }>(`select to_regnamespace('crm') is not null as exists`),
    ])
    if (schema.status === 'rejected') throw schema.reason
    const hasSchema = schema.value[0]?.exists === true
    if (hasSchema) assertOwn(tenant, identity.status === 'fulfilled' ? identity.value[0] : undefined)
    return { run: link.run, hasSchema, [Symbol.asyncDispose]: () => closeLink(link) }
  } catch (error) {
    await closeLink(link)
    throw error
  }
}

function serviceTarget(
  { id, url, sealedServiceKey, serviceRole, tenantIdInDataSource }: ServiceTenant,
  keyring: Keyring,
): Target {
  if (serviceRole === undefined) {
    throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED', {
      message: 'The data source names no service role. Set the data source again.',
    })
  }
  const { user: _, password: __, ...address } = parseTarget(url)
  const key = open(keyring, sealedServiceKey, { tenantId: id, column: 'data_source_service_key' })
  const startup = { 'tenantry.tenant_id': tenantIdInDataSource }
  return { ...address, user: serviceRole, password: () => key.reveal(), startup, applicationName: 'tenantry-fleet' }
}

/** Whoever owns the schema, or will: the service login is a member and inherits nothing. `session_user` stays the login. */
const becomeOwner = `
  do $$ begin
    execute format('set role %I', coalesce(
      (select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'crm'), current_database() || '_owner'));
  end $$`

function assertOwn(tenant: ServiceTenant, found: DatabaseIdentity | undefined): void {
  const isOwn = found?.tenantIdInDataSource === tenant.tenantIdInDataSource && found.identity === tenant.identity
  if (!isOwn) throw new TenantryError('TENANT_DATABASE_MISMATCH', { detail: { slug: tenant.slug } })
}

function isAway(error: unknown): boolean {
  if (!isTenantryError(error, 'CONNECTION_REFUSED')) return isTenantryError(error, 'CONNECTION_LOST')
  return error.detail?.['reason'] !== 'login'
}

async function closeLink(link: AdminLink): Promise<void> {
  await link.close()
}
