import type { AppDbConnection } from '@tenantry/app-db/open'
import { withAdminConnection } from '@tenantry/connections/admin'
import { parseTarget, type Target } from '@tenantry/connections/target'
import { dropDatabase, dropLogins } from '@tenantry/tenant-db/removal'
import { tenantsOn } from '@tenantry/tenant-db/serving'
import { templateName, templatePrefix } from '@tenantry/tenant-db/template'
import { adoptionsOf } from './adoption.ts'
import { plansOf, type TenantPlace } from './tenant-place.ts'

/** Something on a server that this installation made and that belongs to no tenant of it. */
export interface Leftover {
  kind: 'database' | 'role' | 'template'
  host: string
  port: number
  name: string
  /** Of which tenant; null for a template of other migrations. */
  slug: string | null
  tenantId: string | null
}

export interface SweepOptions {
  app: Pick<AppDbConnection, 'db' | 'runs'>
  /** Administrators of the servers to look at, each on a database that exists. */
  servers: readonly Target[]
}

/**
 * What creations meant to make and whose tenant is not there (any more): removed by hand, or lost with a restored backup of
 * the application database. Judged by the journal, so nothing of another installation on the same server is ever named; a
 * database is named only while it serves nobody but that tenant.
 */
export async function findLeftovers({ app, servers }: SweepOptions): Promise<Leftover[]> {
  const tenants = await app.db.tenants.listForOperator()
  const alive = new Set<string>(tenants.map(({ id }) => id))
  const used = new Set(
    tenants.flatMap(({ dataSourceUrl }) => (dataSourceUrl === null ? [] : [placeKey(dataSourceUrl)])),
  )
  const plans = await knownPlaces(app.runs)
  // A tenant that is on its way has a record and no data source yet.
  for (const { tenantId, place } of plans) if (alive.has(tenantId)) used.add(keyOf(place))
  const dead = plans.filter(({ tenantId, status }) => !alive.has(tenantId) && status !== 'running')
  const found: Leftover[] = []
  // A server may have two names; what is on it is there once.
  const byAddress = new Map(servers.map((server) => [`${server.host}:${server.port}`, server]))
  for (const server of byAddress.values()) {
    for (const plan of dead) {
      const { place, slug, tenantId } = plan
      if (place.host !== server.host || place.port !== server.port) continue
      const at = { host: server.host, port: server.port, slug, tenantId }
      const isDatabaseLeft = !used.has(keyOf(place)) && (await isLeft(server, place))
      if (isDatabaseLeft) found.push({ ...at, kind: 'database', name: place.database })
      const roles = isDatabaseLeft ? [...place.roles, place.ownerRole] : place.roles
      for (const name of await presentRoles(server, roles)) found.push({ ...at, kind: 'role', name })
    }
    found.push(...(await oldTemplates(server)))
  }
  return inOrder(found)
}

/** Each once: several databases of a tenant had the same logins, which can be removed when no database is left. */
function inOrder(found: Leftover[]): Leftover[] {
  const once = new Map(
    found.map((leftover) => [`${leftover.kind} ${leftover.host}:${leftover.port} ${leftover.name}`, leftover]),
  )
  return [...once.values()].toSorted((a, b) => Number(a.kind === 'role') - Number(b.kind === 'role'))
}

/** Of creations, and of adoptions, which led to other databases with the same logins. */
async function knownPlaces(runs: AppDbConnection['runs']) {
  const adoptions = (await adoptionsOf(runs)).flatMap(({ tenantId, slug, left, adopted }) =>
    [left, adopted].map((place) => ({ tenantId, slug, status: 'done' as const, place })),
  )
  return [...(await plansOf(runs)), ...adoptions]
}

/** Ids of the tenants that this installation has made and that are gone. */
export async function deletedTenants({ db, runs }: SweepOptions['app']): Promise<ReadonlySet<string>> {
  const alive = new Set<string>((await db.tenants.listForOperator()).map(({ id }) => id))
  const plans = await plansOf(runs)
  return new Set(
    plans
      .filter(({ tenantId, status }) => !alive.has(tenantId) && status !== 'running')
      .map(({ tenantId }) => tenantId),
  )
}

/** Removes one leftover; one that is gone already is fine. */
export async function sweepLeftover(
  { servers, app }: SweepOptions,
  { kind, host, port, name }: Leftover,
): Promise<void> {
  const server = servers.find((candidate) => candidate.host === host && candidate.port === port)
  if (server === undefined) return
  if (kind !== 'role') {
    if (kind === 'template')
      await withAdminConnection(server, (run) => run(`alter database "${name}" is_template false`))
    await dropDatabase(server, name)
    return
  }
  // A login that was let into a shared database has rights there, which go with it.
  const plan = (await plansOf(app.runs)).find(({ place }) => place.roles.includes(name))
  const isThere = plan !== undefined && (await databaseExists(server, plan.place.database))
  const where = isThere ? { ...server, database: plan.place.database } : server
  await withAdminConnection(where, (run) => dropLogins(run, [name]))
}

function placeKey(dataSourceUrl: string): string {
  return keyOf(parseTarget(dataSourceUrl))
}

function keyOf({ host, port, database }: Pick<TenantPlace, 'host' | 'port' | 'database'>): string {
  return `${host}:${port}/${database}`
}

async function isLeft(server: Target, { database, placement, tenantIdInDataSource }: TenantPlace): Promise<boolean> {
  if (placement === 'shared' || !(await databaseExists(server, database))) return false
  const served = await withAdminConnection({ ...server, database }, (run) => tenantsOn(run))
  return served.every((id) => id === tenantIdInDataSource)
}

async function databaseExists(server: Target, database: string): Promise<boolean> {
  const found = await withAdminConnection(server, (run) =>
    run('select from pg_database where datname = $1', [database]),
  )
  return found.length > 0
}

async function presentRoles(server: Target, roles: readonly string[]): Promise<string[]> {
  const found = await withAdminConnection(server, (run) =>
    run<{ name: string }>('select rolname as name from pg_roles where rolname = any($1::name[]) order by 1', [roles]),
  )
  return found.map(({ name }) => name)
}

async function oldTemplates(server: Target): Promise<Leftover[]> {
  const current = await templateName()
  const found = await withAdminConnection(server, (run) =>
    run<{ name: string }>(`select datname as name from pg_database where datname ~ $1 and datname <> $2 order by 1`, [
      `^${templatePrefix}[0-9a-f]{16}$`,
      current,
    ]),
  )
  const nobodys = { slug: null, tenantId: null }
  return found.map(({ name }) => ({ kind: 'template', host: server.host, port: server.port, name, ...nobodys }))
}
