import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'

/** Whose database this is by its own word, as seen by the role that is logged in. */
export interface Identity {
  tenantIdInDataSource: string
  /** Counts the moves of this tenant's data; text, because it identifies. */
  epoch: string
}

export class IdentityReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** Throws DATABASE_ERROR when the database serves no tenant to this role, or another than the connection claims. */
  async read(): Promise<Identity> {
    const [identity] = await this.#executor.run(currentIdentity, {})
    if (identity === undefined) throw new TenantryError('TENANT_DATABASE_MISMATCH')
    return { tenantIdInDataSource: identity.tenant_id, epoch: identity.epoch }
  }
}

const currentIdentity = statement<Record<string, never>, { tenant_id: string; epoch: string }>((db) =>
  db.execute<{ tenant_id: string; epoch: string }>(sql`select tenant_id, epoch from crm.current_identity()`),
)
