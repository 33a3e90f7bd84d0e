import { sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { writingFacts, type TenantGrant } from '../grants/grant.ts'
import { paymentsDue } from './table.ts'

export class PaymentsDueRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Says that the grant's tenant is about to have a payment pending. Throws TENANT_SUSPENDED for a grant that only reads. */
  async expect(grant: TenantGrant): Promise<void> {
    const { tenantId } = writingFacts(grant)
    await this.#access.write(async (tx) => {
      await tx.db
        .insert(paymentsDue)
        .values({ tenantId })
        .onConflictDoUpdate({ target: paymentsDue.tenantId, set: { expectedAt: sql`now()` as never } })
    })
  }
}
