import type { AppDbConnection } from '@tenantry/app-db/open'
import type { AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { loginGroupsOf } from '@tenantry/tenant-db/provision-groups'
import { tenantsOn } from '@tenantry/tenant-db/serving'
import { templatePrefix } from '@tenantry/tenant-db/template'
import type { AdminLinks } from './admin-links.ts'
import { ownerRoleOf } from './provision-tenant.ts'
import { plansOf } from './tenant-place.ts'

/**
 * Throws CONFLICT for a database that is there and is not one that tenants share, or could come to: a guest in somebody
 * else's database is seen by whoever administers it, and is lost when it is dropped. Asks the database itself, since an
 * address may have two names.
 */
export async function assertTakesTenants(
  app: Pick<AppDbConnection, 'db' | 'runs'>,
  { server, database, links }: { server: Target; database: string; links: Pick<AdminLinks, 'server' | 'database'> },
): Promise<void> {
  const run = await links.server()
  const [present] = await run<{ is_template: boolean }>(
    'select datistemplate as is_template from pg_database where datname = $1',
    [database],
  )
  if (present === undefined) return
  // Nor the one that the administrator is connected to, from which others are made and dropped.
  if (present.is_template || database.startsWith(templatePrefix) || database === server.database)
    throw refused(database)
  if (await isPlannedForOne(app, { server, database })) throw refused(database)
  const inside = await links.database()
  const [found] = await inside<{ tenants: boolean; other: boolean }>(lookInside)
  if (found?.tenants !== true) {
    if (found?.other === false) return
    throw refused(database)
  }
  const served = await tenantsOn(inside)
  if (served.length === 0 || (await hasGroups(run, database))) return
  const known = (await app.db.tenants.listForOperator()).filter(({ tenantIdInDataSource: id }) =>
    served.includes(id ?? ''),
  )
  // Those who share it, if it is from before there were groups; an installation that is not this one has no record here.
  if (known.length === 0 || known.some(({ placement }) => placement !== 'shared')) throw refused(database)
}

/** By a creation that is under way, or was interrupted and will go on: nobody need be in there yet. */
async function isPlannedForOne(
  { db, runs }: Pick<AppDbConnection, 'db' | 'runs'>,
  { server, database }: { server: Target; database: string },
): Promise<boolean> {
  const coming = new Set<string>(
    (await db.tenants.listForOperator()).flatMap(({ id, dataSourceUrl }) => (dataSourceUrl === null ? [id] : [])),
  )
  return (await plansOf(runs)).some(
    ({ place, tenantId }) =>
      place.placement === 'dedicated' &&
      coming.has(tenantId) &&
      [place.host, place.port, place.database].join() === [server.host, server.port, database].join(),
  )
}

/** Tables of an extension are nobody's. */
const lookInside = `
  select to_regclass('crm.identity') is not null as tenants,
    exists (
      select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    ) as other`

async function hasGroups(run: AdminRun, database: string): Promise<boolean> {
  const { serving } = loginGroupsOf(ownerRoleOf(database))
  return (await run('select from pg_roles where rolname = $1', [serving])).length > 0
}

function refused(database: string): TenantryError {
  return new TenantryError('CONFLICT', {
    message: `The database ${database} is there and is not one that tenants share. Choose another name with --shared.`,
    data: { field: 'database' },
  })
}
