import type { Executor } from '@tenantry/connections/database'
import type { SupportAccessId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import { and, eq, sql, type SQL } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { actorOf, type Principal } from '../grants/principal.ts'
import { isLive } from './rows.ts'
import { supportAccess } from './table.ts'

/** Throws NOT_FOUND for one that `where` does not show, RULE_VIOLATED for one that is over already. */
export async function endSupport(
  tx: Executor,
  given: { id: SupportAccessId; where: SQL; principal: Principal; requestId: string },
): Promise<void> {
  const { id, where, principal, requestId } = given
  const [found] = await tx.db
    .select({ tenantId: supportAccess.tenantId })
    .from(supportAccess)
    .where(and(eq(supportAccess.id, id), where))
  if (found === undefined) throw new TenantryError('NOT_FOUND')
  const ended = await tx.db
    .update(supportAccess)
    .set({ endedAt: sql`now()`, endedBy: actorOf(principal).actorName })
    .where(and(eq(supportAccess.id, id), isLive()))
    .returning({ id: supportAccess.id })
  if (ended.length === 0) throw new TenantryError('RULE_VIOLATED', { message: 'This access is over already.' })
  await recordAudit(tx, { principal, tenantId: found.tenantId, action: 'support.ended', subject: id, requestId })
}
