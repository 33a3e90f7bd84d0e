import type { TenantId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { eq } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { tenants } from '../tenants/table.ts'
import { mintGrant, type TenantGrant } from './grant.ts'
import type { Principal } from './principal.ts'

export interface AccessReason {
  /** Why somebody who is not a member looks at the data; stands in the tenant's audit log. */
  reason: string
  access: 'read' | 'write'
  requestId: string
}

/** Grants for those who are not members. The audit entry is committed before the grant exists. */
export class GrantsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Throws NOT_FOUND, TENANT_ARCHIVED. Of a suspended tenant the grant only reads, whatever was asked. */
  forOperator(operatorName: string, slug: string, why: AccessReason): Promise<TenantGrant> {
    return mintForOutsider(this.#access, { kind: 'operator', name: operatorName }, slug, why)
  }

  /** For jobs. Throws like `forOperator`. */
  forSystem(job: string, slug: string, why: AccessReason): Promise<TenantGrant> {
    return mintForOutsider(this.#access, { kind: 'system', job }, slug, why)
  }

  /** For a job that names its tenant by the id. Throws like `forOperator`. */
  async forJob(job: string, tenantId: TenantId, why: AccessReason): Promise<TenantGrant> {
    const [tenant] = await this.#access.reader.db
      .select({ slug: tenants.slug })
      .from(tenants)
      .where(eq(tenants.id, tenantId))
    if (tenant === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    return this.forSystem(job, tenant.slug, why)
  }
}

/** Throws NOT_FOUND, TENANT_ARCHIVED. Commits the audit entry by itself unless `access` is that of a transaction. */
export async function mintForOutsider(
  access: Access,
  principal: Extract<Principal, { kind: 'operator' | 'system' }>,
  slug: string,
  { reason, access: asked, requestId }: AccessReason,
): Promise<TenantGrant> {
  const facts = await access.write(async (tx) => {
    const [tenant] = await tx.db
      .select({ id: tenants.id, status: tenants.status, dataSourceVersion: tenants.dataSourceVersion })
      .from(tenants)
      .where(eq(tenants.slug, slug))
    if (tenant === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    const { id: tenantId, status: tenantStatus, dataSourceVersion } = tenant
    if (tenantStatus === 'archived') throw new TenantryError('TENANT_ARCHIVED')
    const allowed: 'read' | 'write' = tenantStatus === 'active' ? asked : 'read'
    const detail = { reason, access: allowed }
    await recordAudit(tx, { principal, tenantId, action: 'grant.minted', subject: slug, requestId, detail })
    return { tenantId, access: allowed, tenantStatus, dataSourceVersion }
  })
  return mintGrant({ ...facts, tenantSlug: slug, principal, role: null, limits: null, login: 'serving', requestId })
}
