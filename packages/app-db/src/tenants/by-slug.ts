import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import type { TenantStatus } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { eq } from 'drizzle-orm'
import { tenants } from './table.ts'

/** For operators, who name tenants as their commands do. Throws NOT_FOUND. */
export async function tenantBySlug(
  executor: Executor,
  slug: string,
): Promise<{ id: TenantId; status: TenantStatus; hasSupportLogin: boolean }> {
  const [tenant] = await executor.db
    .select({ id: tenants.id, status: tenants.status, supportKey: tenants.dataSourceSupportKey })
    .from(tenants)
    .where(eq(tenants.slug, slug))
  if (tenant === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
  return { id: tenant.id, status: tenant.status, hasSupportLogin: tenant.supportKey !== null }
}
