import type { SupportAccessId } from '@tenantry/contracts/ids'
import type { SupportAccess } from '@tenantry/contracts/support'
import { roleAllows } from '@tenantry/contracts/roles'
import { TenantryError } from '@tenantry/errors'
import { eq } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { grantFacts, type TenantGrant } from '../grants/grant.ts'
import { endSupport } from './end.ts'
import { supportOfTenant } from './rows.ts'
import { supportAccess } from './table.ts'

/** Support access as the company sees it that is looked at. */
export class SupportAccessRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Newest first, the last hundred: who, why, until when, and how it ended. */
  list(grant: TenantGrant): Promise<SupportAccess[]> {
    return this.#shown(grant)
  }

  /** Who may look into the company at this moment. */
  async live(grant: TenantGrant): Promise<SupportAccess[]> {
    return (await this.#shown(grant)).filter(({ isLive }) => isLive)
  }

  /**
   * Ends it with the operator's next request. A company that is suspended may do so too. Throws FORBIDDEN, NOT_FOUND, and
   * RULE_VIOLATED for one that is over.
   */
  async end(grant: TenantGrant, id: SupportAccessId): Promise<void> {
    const { tenantId, role, principal, requestId } = grantFacts(grant)
    if (principal.kind !== 'user' || role === null || !roleAllows(role, 'tenant.manage')) {
      throw new TenantryError('FORBIDDEN')
    }
    await this.#access.write((tx) =>
      endSupport(tx, { where: eq(supportAccess.tenantId, tenantId), id, principal, requestId }),
    )
  }

  async #shown(grant: TenantGrant): Promise<SupportAccess[]> {
    const rows = await supportOfTenant(this.#access.reader, grantFacts(grant).tenantId)
    return rows.map((row) => {
      const { operatorId: _, ...support } = row
      return support
    })
  }
}
