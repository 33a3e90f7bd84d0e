import type { TenantCheck } from '@tenantry/contracts/fleet'
import { sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { tenantBySlug } from '../tenants/by-slug.ts'
import { tenantChecks } from './table.ts'

/** What checks of tenants' databases have found, for operators. */
export class TenantChecksRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** Keeps it in place of the one before; of two that overlap the later one stays. Throws NOT_FOUND. */
  async record(slug: string, check: TenantCheck): Promise<void> {
    await this.#access.write(async (tx) => {
      const { id: tenantId } = await tenantBySlug(tx, slug)
      await tx.db
        .insert(tenantChecks)
        .values({ ...check, tenantId })
        .onConflictDoUpdate({
          target: tenantChecks.tenantId,
          set: check,
          setWhere: sql`${tenantChecks.checkedAt} <= excluded.checked_at`,
        })
    })
  }
}
