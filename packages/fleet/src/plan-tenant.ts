import type { AppDbConnection } from '@tenantry/app-db/open'
import type { AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'
import type { NewTenantInput } from '@tenantry/contracts/new-tenant'
import { TenantryError } from '@tenantry/errors'
import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { AdminLinks } from './admin-links.ts'
import { ownerRoleOf } from './provision-tenant.ts'
import { assertTakesTenants } from './shared-home.ts'
import type { TenantPlan } from './tenant-plan.ts'
import { appRoleOf, serviceRoleOf } from './tenant-roles.ts'

/**
 * Throws CONFLICT for a slug that is taken, for a database that a company was to have alone and that is there, and for one
 * that it was to share and that is somebody's alone.
 */
export async function planTenant(
  app: Pick<AppDbConnection, 'db' | 'runs'>,
  input: NewTenantInput,
  { server, links }: { server: Target; links: Pick<AdminLinks, 'server' | 'database'> },
): Promise<TenantPlan> {
  if ((await app.db.tenants.findForOperator(input.slug)) !== undefined) {
    throw new TenantryError('CONFLICT', {
      message: `There is a tenant ${input.slug} already.`,
      data: { field: 'slug' },
    })
  }
  const { placement, database } = input
  if (placement === 'dedicated') await assertNoDatabase(await links.server(), database)
  else await assertTakesTenants(app, { server, database, links })
  const tenantIdInDataSource = randomUUID()
  const appRole = appRoleOf(tenantIdInDataSource)
  return {
    slug: input.slug,
    // A version 7 UUID just made is a TenantId once it names a row.
    tenantId: uuidv7() as TenantId,
    tenantIdInDataSource,
    host: server.host,
    port: server.port,
    placement,
    database,
    ownerRole: ownerRoleOf(database),
    appRole,
    serviceRole: serviceRoleOf(appRole),
  }
}

async function assertNoDatabase(run: AdminRun, database: string): Promise<void> {
  const found = await run('select from pg_database where datname = $1', [database])
  if (found.length === 0) return
  throw new TenantryError('CONFLICT', {
    message: `The server has a database ${database} already. Choose another name with --database.`,
    data: { field: 'database' },
  })
}
