import { sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { writingFacts, type TenantGrant } from '../grants/grant.ts'
import type { Principal } from '../grants/principal.ts'
import { importWork } from './table.ts'

export interface NewImportWork {
  /** The batch in the tenant's database carries it too, once its transaction has committed. */
  workId: string
  batchId: string
  /** Not to be begun before. Default 0. */
  delaySeconds?: number
}

export class ImportWorkRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Says that the holder of the grant is about to ask for work on a batch. Throws TENANT_SUSPENDED for a grant that only reads. */
  async add(grant: TenantGrant, { workId, batchId, delaySeconds = 0 }: NewImportWork): Promise<void> {
    const { tenantId, principal } = writingFacts(grant)
    const dueAt = sql`now() + make_interval(secs => ${delaySeconds})` as never
    await this.#access.write(async (tx) => {
      await tx.db.insert(importWork).values({ id: workId, tenantId, batchId, dueAt, ...asColumns(principal) })
    })
  }
}

function asColumns(principal: Principal) {
  switch (principal.kind) {
    case 'user':
      return { userId: principal.userId }
    case 'api_key':
      return { apiKeyId: principal.id as never }
    case 'operator':
      return { operatorName: principal.name }
    case 'system':
      return { operatorName: principal.job }
  }
}
