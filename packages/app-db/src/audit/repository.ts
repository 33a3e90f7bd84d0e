import type { Page } from '@tenantry/contracts/pages'
import type { AuditEntry, AuditListQuery } from '@tenantry/contracts/tenants'
import type { Access } from '../access.ts'
import { grantFacts, type TenantGrant } from '../grants/grant.ts'
import { auditPage } from './page.ts'
import { recordAudit, type AuditRecord } from './record.ts'

export class AuditRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** What happened to the grant's tenant, newest first. */
  async list(grant: TenantGrant, query: AuditListQuery): Promise<Page<AuditEntry>> {
    const { tenantId } = grantFacts(grant)
    return auditPage(this.#access.reader, tenantId, query)
  }

  record(entry: AuditRecord): Promise<void> {
    return this.#access.write((tx) => recordAudit(tx, entry))
  }
}
