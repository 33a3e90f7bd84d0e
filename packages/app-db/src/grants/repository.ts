import { keyAllows } from '@tenantry/contracts/api-keys'
import type { ApiKeyId, TenantId, UserId } from '@tenantry/contracts/ids'
import { roleAllows, type Permission } from '@tenantry/contracts/roles'
import { TenantryError } from '@tenantry/errors'
import { eq } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { holderFrom, liveKeyById } from '../api-keys/resolve.ts'
import { recordAudit } from '../audit/record.ts'
import { tenants } from '../tenants/table.ts'
import { rowLimitsOf } from '../record-access/limits.ts'
import { mintGrant, type TenantGrant } from './grant.ts'
import { activeMember } from './member.ts'
import type { Principal } from './principal.ts'

export interface AccessReason {
  /** Why somebody who is not a member looks at the data; stands in the tenant's audit log. */
  reason: string
  access: 'read' | 'write'
  requestId: string
}

/** Who has asked for work that is done beside their requests. */
export type Asker = { userId: UserId } | { apiKeyId: ApiKeyId } | { operatorName: string }

/** Grants for those who are not members, and for work that goes on when its member's request is over. The audit entry is committed before the grant exists. */
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
    return this.forSystem(job, await this.#slugOf(tenantId), why)
  }

  /**
   * For work in the name of whoever has asked for it, with the rights and limits that they have now. Throws FORBIDDEN when
   * they no longer belong to the tenant or may no longer do it, and NOT_FOUND, TENANT_ARCHIVED.
   */
  async forAsker(
    asker: Asker,
    tenantId: TenantId,
    { permission, ...why }: AccessReason & { permission: Permission },
  ): Promise<TenantGrant> {
    const grant = await this.#mintForAsker(asker, tenantId, { permission, ...why })
    if (grant === null) throw new TenantryError('FORBIDDEN')
    return grant
  }

  async #mintForAsker(
    asker: Asker,
    tenantId: TenantId,
    { permission, ...why }: AccessReason & { permission: Permission },
  ): Promise<TenantGrant | null> {
    const { requestId } = why
    if ('operatorName' in asker) {
      const slug = await this.#slugOf(tenantId)
      return mintForOutsider(this.#access, { kind: 'operator', name: asker.operatorName }, slug, why)
    }
    if ('apiKeyId' in asker) {
      const [key] = await this.#access.reader.run(liveKeyById, { id: asker.apiKeyId })
      const mayDo = key?.tenantId === tenantId && keyAllows(key.role, permission)
      return mayDo ? holderFrom(key, requestId).grant : null
    }
    const { userId } = asker
    const [member] = await this.#access.reader.run(activeMember, { tenantId, userId })
    if (member === undefined || !roleAllows(member.role, permission)) return null
    const { name, role, ownAccess, team, roleAccess, slug, status, dataSourceVersion } = member
    if (status === 'archived') throw new TenantryError('TENANT_ARCHIVED')
    return mintGrant({
      tenantId,
      tenantSlug: slug,
      tenantStatus: status,
      dataSourceVersion,
      requestId,
      principal: { kind: 'user', userId, sessionId: null, name },
      role,
      access: status === 'active' ? 'write' : 'read',
      limits: rowLimitsOf({ userId, role, roleAccess, ownAccess, team: team ?? [] }),
      login: 'serving',
    })
  }

  async #slugOf(tenantId: TenantId): Promise<string> {
    const [tenant] = await this.#access.reader.db
      .select({ slug: tenants.slug })
      .from(tenants)
      .where(eq(tenants.id, tenantId))
    if (tenant === undefined) throw new TenantryError('NOT_FOUND', { message: 'There is no such tenant.' })
    return tenant.slug
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
