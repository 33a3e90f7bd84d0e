import type { ServiceTenant } from '@tenantry/app-db/types'
import { parseTarget } from '@tenantry/connections/target'
import { isTenantryError, TenantryError } from '@tenantry/errors'

/** One database with everybody who lives in it: what is migrated, compared and repaired once, however many they are. */
export interface FleetDatabase {
  /** `host:port/database`; `?slug` for a tenant whose address cannot be read. */
  name: string
  /** `host:port`: what is not to be asked by everybody at once. */
  server: string
  /** By slug. */
  tenants: ServiceTenant[]
}

/** The databases of these tenants, by the first of their slugs. */
export function databasesOf(tenants: readonly ServiceTenant[]): FleetDatabase[] {
  const databases = new Map<string, FleetDatabase>()
  for (const tenant of tenants) {
    const { name, server } = addressOf(tenant)
    const known = databases.get(name)
    if (known) known.tenants.push(tenant)
    else databases.set(name, { name, server, tenants: [tenant] })
  }
  return [...databases.values()]
}

/** The databases in which these tenants live. Throws NOT_FOUND for a slug that none of them has. */
export function selectDatabases(databases: readonly FleetDatabase[], slugs: readonly string[]): FleetDatabase[] {
  for (const slug of slugs) {
    if (!databases.some((database) => isHomeOf(database, slug))) {
      throw new TenantryError('NOT_FOUND', { message: `No tenant ${slug} with a database of its own or a shared one.` })
    }
  }
  return databases.filter((database) => slugs.some((slug) => isHomeOf(database, slug)))
}

export function isHomeOf({ tenants }: FleetDatabase, slug: string): boolean {
  return tenants.some((tenant) => tenant.slug === slug)
}

/** A tenant whose address is spoilt is a database of its own that cannot be reached, and keeps nobody else from theirs. */
function addressOf({ url, slug }: ServiceTenant): { name: string; server: string } {
  try {
    const { host, port, database } = parseTarget(url)
    return { name: `${host}:${port}/${database}`, server: `${host}:${port}` }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { name: `?${slug}`, server: `?${slug}` }
  }
}
