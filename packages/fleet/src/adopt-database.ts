import type { AppDbConnection } from '@tenantry/app-db/open'
import type { Run } from '@tenantry/app-db/runs'
import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { TenantryError } from '@tenantry/errors'
import { admitTenant, makeOwner } from '@tenantry/tenant-db/provision'
import { tenantsOn } from '@tenantry/tenant-db/serving'
import { takeOver } from '@tenantry/tenant-db/template'
import { dataSourceOf, generateLogins, ownerRoleOf } from './provision-tenant.ts'
import { findTenant } from './tenant-place.ts'

export interface AdoptDatabaseOptions {
  app: Pick<AppDbConnection, 'db' | 'runs'>
  keyring: Keyring
  operatorName: string
  slug: string
  /** An administrator of the server that has the restored database, on a database that exists. */
  server: Target
  /** The restored one. */
  database: string
  region: string
  /** Of kind `tenant.adopt`. */
  run: Run
  onProgress?: (step: string) => void
}

/**
 * Makes a restored copy of a tenant's database its database: another one than the data source names, which until now every
 * process refuses as a copy. Its logins get new passwords, so that nothing that was in the backup opens anything. The
 * database before stays as it is. Throws CONFLICT unless the copy serves this tenant and nobody else.
 */
export async function adoptDatabase(options: AdoptDatabaseOptions): Promise<{ database: string }> {
  const { app, keyring, operatorName, slug, server, database, region, run, onProgress } = options
  const { tenantId, place } = await findTenant(app, slug)
  if (place === null) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
  const { tenantIdInDataSource, appRole, placement } = place
  if (placement === 'shared') {
    throw new TenantryError('CONFLICT', { message: 'A shared database is restored as a whole, not for one tenant.' })
  }
  return await run.unit('adopt', async () => {
    const ownerRole = ownerRoleOf(database)
    const logins = generateLogins(appRole)
    const identity = await withAdminConnection({ ...server, database }, async (onDatabase) => {
      await assertServesOnly(onDatabase, tenantIdInDataSource)
      onProgress?.('owner')
      await makeOwner(onDatabase, database, ownerRole)
      await takeOver(onDatabase, ownerRole)
      onProgress?.('logins')
      return await admitTenant(onDatabase, database, { ownerRole, tenantIdInDataSource, ...logins })
    })
    onProgress?.('data source')
    const admin = { ...server, database }
    const facts = { admin, tenantId, tenantIdInDataSource, identity, logins, keyring, region, placement }
    await app.db.tenants.setDataSource(operatorName, slug, dataSourceOf(facts))
    return { database }
  })
}

async function assertServesOnly(run: AdminRun, tenantIdInDataSource: string): Promise<void> {
  const served = await tenantsOn(run)
  if (served.length === 1 && served[0] === tenantIdInDataSource) return
  throw new TenantryError('CONFLICT', {
    message: 'This database is no copy of the company’s: it serves somebody else, or nobody.',
  })
}
