import { readFleetStatus } from '@tenantry/fleet/status'
import type { Access } from './access.ts'

/** How a tenant's database stands behind the migrations of this release, and what somebody has to run. */
export interface SchemaLag {
  version: string | null
  pending: string[]
  command: string
}

/**
 * Asked of a tenant that is let in again: campaigns pass an archived one by. Null for a database that is up to date, and
 * where nobody can tell: then every other command says why.
 */
export async function findSchemaLag(
  { app, keyring }: Pick<Access, 'app' | 'keyring'>,
  slug: string,
): Promise<SchemaLag | null> {
  const tenants = (await app.serviceAccess.tenants()).filter((tenant) => tenant.slug === slug)
  const [status] = await readFleetStatus({ tenants, keyring })
  if (status === undefined || status.pending.length === 0) return null
  return { version: status.version, pending: status.pending, command: `pnpm tenantry fleet migrate --tenant ${slug}` }
}
