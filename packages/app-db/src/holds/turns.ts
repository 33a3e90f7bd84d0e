import type { TenantId } from '@tenantry/contracts/ids'
import { eq, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import type { TenantGrant } from '../grants/grant.ts'
import { grantForTurn } from '../grants/turn.ts'
import { holdsDue } from './table.ts'

/** For the worker and nobody else: whose holds it looks at, and when it comes again. */
export class HoldTurns {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /**
   * A grant for releasing what has expired; undefined for a tenant that is not active. It stands in no audit log: until when
   * a hold stands was decided by the tenant, whose history tells what became of it.
   */
  open(tenantId: TenantId, { requestId }: { requestId: string }): Promise<TenantGrant | undefined> {
    return grantForTurn(this.#access, tenantId, { job: 'expire holds', requestId })
  }

  /** When the next hold of the tenant is over; what is due earlier stays so. */
  async lookAgain(tenantId: TenantId, { inSeconds }: { inSeconds: number }): Promise<void> {
    await this.#access.write((tx) =>
      tx.db
        .update(holdsDue)
        .set({ dueAt: sql`least(${holdsDue.dueAt}, now() + make_interval(secs => ${inSeconds}::int))` as never })
        .where(eq(holdsDue.tenantId, tenantId)),
    )
  }
}
