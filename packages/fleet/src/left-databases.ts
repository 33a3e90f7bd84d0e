import type { AppDbConnection } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import type { TenantId } from '@tenantry/contracts/ids'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { dropDatabase, dropLogins } from '@tenantry/tenant-db/removal'
import { tenantsOn } from '@tenantry/tenant-db/serving'
import { adoptionsOf } from './adoption.ts'
import { plansOf, type AdminAt, type TenantPlace } from './tenant-place.ts'

/** Databases that a tenant has left by an adoption, with its rows and the rights of its logins. */
export interface LeftDatabases {
  left: TenantPlace[]
  /** `host:port/database` of those whose server is lost or that the servers file does not name. */
  unreached: string[]
}

/** Judged by the journal, and named only while they serve nobody but this tenant. */
export async function findLeftDatabases(
  { runs, adminAt }: { runs: AppDbConnection['runs']; adminAt: AdminAt },
  { tenantId, place }: { tenantId: TenantId; place: TenantPlace },
): Promise<LeftDatabases> {
  const found: LeftDatabases = { left: [], unreached: [] }
  for (const other of await placesOf(runs, tenantId)) {
    if (keyOf(other) === keyOf(place) || other.placement === 'shared') continue
    try {
      if (await servesOnly(adminAt, other)) found.left.push(other)
    } catch (error) {
      // On the tenant's own server it would keep the logins from being removed.
      if (!isTenantryError(error) || isSameServer(other, place)) throw error
      found.unreached.push(keyOf(other))
    }
  }
  return found
}

/** Removes them, and where they are on a server of their own the logins there. */
export async function removeLeftDatabases(
  adminAt: AdminAt,
  left: readonly TenantPlace[],
  { place, roles }: { place: TenantPlace; roles: readonly string[] },
): Promise<void> {
  for (const other of left) {
    const server = adminAt(other)
    await dropDatabase(server, other.database)
    if (isSameServer(other, place)) continue
    await withAdminConnection(server, (run) =>
      dropLogins(run, [...new Set([...roles, ...other.roles, other.ownerRole])]),
    )
  }
}

/**
 * A login that has rights in a database cannot be removed, and that is found out when everything else is gone. Throws CONFLICT
 * while there are databases, beside those that will be removed, in which these roles have rights: copies made by hand.
 */
export async function assertNoOtherRights(
  server: Target,
  roles: readonly string[],
  removed: readonly string[],
): Promise<void> {
  const found = await withAdminConnection(server, (run) =>
    run<{ name: string }>(
      `select distinct d.datname as name from pg_shdepend s join pg_database d on d.oid = s.dbid
         join pg_roles r on r.oid = s.refobjid and s.refclassid = 'pg_authid'::regclass
       where r.rolname = any($1::name[]) and d.datname <> all($2::name[]) order by 1`,
      [roles, removed],
    ),
  )
  if (found.length === 0) return
  const names = found.map(({ name }) => name).join(', ')
  throw new TenantryError('CONFLICT', {
    message: `The logins of this company have rights in other databases of its server: ${names}. Nothing was removed. If they are copies that nobody needs, drop them and run this again.`,
  })
}

export function isSameServer(a: Pick<TenantPlace, 'host' | 'port'>, b: Pick<TenantPlace, 'host' | 'port'>): boolean {
  return a.host === b.host && a.port === b.port
}

/** Where it was made, and wherever it went. */
async function placesOf(runs: AppDbConnection['runs'], tenantId: TenantId): Promise<TenantPlace[]> {
  const plans = (await plansOf(runs)).filter((plan) => plan.tenantId === tenantId).map(({ place }) => place)
  const adoptions = (await adoptionsOf(runs)).filter((adoption) => adoption.tenantId === tenantId)
  const all = [...plans, ...adoptions.flatMap(({ left, adopted }) => [left, adopted])]
  return [...new Map(all.map((place) => [keyOf(place), place])).values()]
}

async function servesOnly(
  adminAt: AdminAt,
  { host, port, database, tenantIdInDataSource }: TenantPlace,
): Promise<boolean> {
  const server = adminAt({ host, port })
  const present = await withAdminConnection(server, (run) =>
    run('select from pg_database where datname = $1', [database]),
  )
  if (present.length === 0) return false
  const served = await withAdminConnection({ ...server, database }, (run) => tenantsOn(run))
  return served.length > 0 && served.every((id) => id === tenantIdInDataSource)
}

function keyOf({ host, port, database }: Pick<TenantPlace, 'host' | 'port' | 'database'>): string {
  return `${host}:${port}/${database}`
}
