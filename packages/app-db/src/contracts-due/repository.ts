import type { ContractId } from '@tenantry/contracts/ids'
import type { Access } from '../access.ts'
import { writingFacts, type TenantGrant } from '../grants/grant.ts'
import { contractsDue } from './table.ts'

export class ContractsDueRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Says that everybody is about to have signed a contract of the grant's tenant. Throws TENANT_SUSPENDED for a grant that only reads. */
  async add(grant: TenantGrant, contractId: ContractId): Promise<void> {
    const { tenantId } = writingFacts(grant)
    await this.#access.write(async (tx) => {
      await tx.db.insert(contractsDue).values({ contractId, tenantId }).onConflictDoNothing()
    })
  }
}
