import type { TenantId } from '@tenantry/contracts/ids'
import { and, eq } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { tenants } from '../tenants/table.ts'
import { mintGrant, type TenantGrant } from './grant.ts'

/** A grant for what the worker does with the tenant's own data by its own rules, unasked; undefined for one that is not active. */
export async function grantForTurn(
  access: Access,
  tenantId: TenantId,
  { job, requestId }: { job: string; requestId: string },
): Promise<TenantGrant | undefined> {
  const [tenant] = await access.reader.db
    .select({ slug: tenants.slug, status: tenants.status, dataSourceVersion: tenants.dataSourceVersion })
    .from(tenants)
    .where(and(eq(tenants.id, tenantId), eq(tenants.status, 'active')))
  if (tenant === undefined) return undefined
  return mintGrant({
    tenantId,
    tenantSlug: tenant.slug,
    tenantStatus: tenant.status,
    dataSourceVersion: tenant.dataSourceVersion,
    requestId,
    principal: { kind: 'system', job },
    role: null,
    limits: null,
    access: 'write',
    login: 'serving',
  })
}
