import type { Access } from '../access.ts'
import { writingFacts, type TenantGrant } from '../grants/grant.ts'
import { mailDue } from './table.ts'

export class MailDueRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Says that the grant's tenant is about to write a mail. Throws TENANT_SUSPENDED for a grant that only reads. */
  async add(grant: TenantGrant, outboxId: string): Promise<void> {
    const { tenantId } = writingFacts(grant)
    await this.#access.write(async (tx) => {
      await tx.db.insert(mailDue).values({ outboxId, tenantId })
    })
  }
}
