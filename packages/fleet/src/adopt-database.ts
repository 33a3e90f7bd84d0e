import type { AppDbConnection } from '@tenantry/app-db/open'
import type { Run } from '@tenantry/app-db/runs'
import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { Keyring } from '@tenantry/credentials/keyring'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { admitTenant, makeOwner } from '@tenantry/tenant-db/provision'
import { loginsOf, setServing, tenantsOn } from '@tenantry/tenant-db/serving'
import { takeOver } from '@tenantry/tenant-db/template'
import { Adoption, adoptTenantKind } from './adoption.ts'
import { dataSourceOf, generateLogins, generateSupportLogin, ownerRoleOf } from './provision-tenant.ts'
import { relocateDataSource, type Relocation } from './relocate-data-source.ts'
import { servingOf } from './set-tenant-state.ts'
import { findTenant, type AdminAt, type TenantPlace } from './tenant-place.ts'

export { adoptTenantKind }

export interface AdoptDatabaseOptions {
  app: Pick<AppDbConnection, 'db' | 'runs' | 'serviceAccess'>
  keyring: Keyring
  operatorName: string
  slug: string
  /** An administrator of the server that has the restored database, on a database that exists. */
  server: Target
  /** Of the server that the tenant leaves. */
  adminAt: AdminAt
  /** The restored one. */
  database: string
  region: string
  /** Of kind `tenant.adopt`. */
  run: Run
  onProgress?: (step: string) => void
  /** As a relocation waits for a database that is gone. */
  goneMs?: number
}

/**
 * Makes a restored copy of a tenant's database its database: another one than the data source names, which until now every
 * process refuses as a copy. The tenant is suspended or archived and stays it. Its logins get new passwords, so that nothing
 * that was in the backup opens anything; what its pool is allowed stays, and its replicas, which are of the other database,
 * are forgotten. The database before stays as it is but for its epoch, so that no process can write there any more; where it
 * is, is noted down for the deletion. Whoever is killed runs it again. Throws CONFLICT unless the copy serves this tenant and
 * nobody else, and for a tenant that is at work.
 */
export async function adoptDatabase(options: AdoptDatabaseOptions): Promise<{ database: string }> {
  const { app, operatorName, slug, server, database, run, onProgress } = options
  const { tenantId, status, place } = await findTenant(app, slug)
  if (place === null) throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED')
  if (place.placement === 'shared') {
    throw new TenantryError('CONFLICT', { message: 'A shared database is restored as a whole, not for one tenant.' })
  }
  if (status === 'active') {
    throw new TenantryError('CONFLICT', {
      message: `${slug} is at work. Suspend it first: pnpm tenantry tenant suspend ${slug}`,
    })
  }
  const adopted = { ...place, host: server.host, port: server.port, database, ownerRole: ownerRoleOf(database) }
  const { left } = Adoption.parse(
    await run.unit('places', async () => planAdoption({ tenantId, slug, place, adopted })),
  )
  await run.concerns(tenantId)
  return await run.unit('adopt', async () => {
    const to = await prepareAdopted(options, { tenantId, status, place: adopted })
    onProgress?.('data source')
    const from = await leaving(options, left)
    const { goneMs } = options
    await relocateDataSource({ appDb: app.db, operatorName, slug, from, to, ...(goneMs !== undefined && { goneMs }) })
    return { database }
  })
}

function planAdoption({
  place,
  adopted,
  ...which
}: { place: TenantPlace; adopted: TenantPlace } & Pick<Adoption, 'tenantId' | 'slug'>): Adoption {
  const isSame = place.host === adopted.host && place.port === adopted.port && place.database === adopted.database
  if (isSame) throw new TenantryError('CONFLICT', { message: 'The tenant lives in this database already.' })
  return { ...which, left: place, adopted }
}

/** The owner, the logins with what the tenant's status allows them, and nothing that a request would find yet. */
async function prepareAdopted(
  { app, keyring, slug, server, database, region, onProgress }: AdoptDatabaseOptions,
  {
    tenantId,
    status,
    place,
  }: Pick<Awaited<ReturnType<typeof findTenant>>, 'tenantId' | 'status'> & { place: TenantPlace },
) {
  const { tenantIdInDataSource, appRole, ownerRole, placement } = place
  const poolConfig = await app.serviceAccess.poolConfigOf(slug)
  const { app: serving, service } = generateLogins(appRole)
  const support = generateSupportLogin(tenantIdInDataSource)
  // By the names they have: a rotation of passwords changes names.
  const logins = {
    app: serving,
    service: { ...service, role: poolConfig.serviceRole ?? service.role },
    support: { ...support, role: poolConfig.supportRole ?? support.role },
  }
  const admin = { ...server, database }
  const identity = await withAdminConnection(admin, async (onDatabase) => {
    await assertServesOnly(onDatabase, tenantIdInDataSource)
    onProgress?.('owner')
    await makeOwner(onDatabase, database, ownerRole)
    await takeOver(onDatabase, ownerRole)
    onProgress?.('logins')
    const said = await admitTenant(onDatabase, database, { ownerRole, tenantIdInDataSource, ...logins })
    const all = await loginsOf(onDatabase, tenantIdInDataSource)
    await setServing(onDatabase, { ...all, current: appRole }, servingOf[status])
    return said
  })
  return dataSourceOf({
    admin,
    tenantId,
    tenantIdInDataSource,
    identity,
    logins,
    keyring,
    region,
    placement,
    poolConfig,
  })
}

/** A server that is lost, or that the servers file has forgotten, cannot be asked to refuse. */
async function leaving({ adminAt, onProgress }: AdoptDatabaseOptions, left: TenantPlace): Promise<Relocation['from']> {
  const { host, port, database, tenantIdInDataSource } = left
  try {
    const admin = { ...adminAt({ host, port }), database }
    await withAdminConnection(admin, (run) => run('select 1'))
    return { admin, tenantIdInDataSource }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    onProgress?.('waiting until nobody can write to the old database, which cannot be reached')
    return 'gone'
  }
}

async function assertServesOnly(run: AdminRun, tenantIdInDataSource: string): Promise<void> {
  const served = await tenantsOn(run)
  if (served.length === 1 && served[0] === tenantIdInDataSource) return
  throw new TenantryError('CONFLICT', {
    message: 'This database is no copy of the company’s: it serves somebody else, or nobody.',
  })
}
