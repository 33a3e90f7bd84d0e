import type { Page } from '@tenantry/contracts/pages'
import type { TenantAuditQuery } from '@tenantry/contracts/fleet'
import type { AuditEntry } from '@tenantry/contracts/tenants'
import type { Access } from '../access.ts'
import { tenantBySlug } from '../tenants/by-slug.ts'
import { auditPage } from './page.ts'

/** What happened to any tenant, for operators. */
export class TenantAuditRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Newest first. Throws NOT_FOUND. */
  async list({ slug, ...query }: TenantAuditQuery): Promise<Page<AuditEntry>> {
    const { reader } = this.#access
    const { id } = await tenantBySlug(reader, slug)
    return auditPage(reader, id, query)
  }
}
