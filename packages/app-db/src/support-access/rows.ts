import type { Executor } from '@tenantry/connections/database'
import type { TenantId, UserId } from '@tenantry/contracts/ids'
import type { SupportAccess } from '@tenantry/contracts/support'
import { and, desc, eq, gt, isNull, sql, type SQL } from 'drizzle-orm'
import { truth } from '../truth.ts'
import { supportAccess } from './table.ts'

/** Newest first, the last hundred: who, why, until when, and how it ended. */
export function supportOfTenant(
  executor: Executor,
  tenantId: TenantId,
): Promise<(SupportAccess & { operatorId: UserId })[]> {
  return executor.db
    .select({ ...supportColumns, operatorId: supportAccess.operatorId })
    .from(supportAccess)
    .where(eq(supportAccess.tenantId, tenantId))
    .orderBy(desc(supportAccess.openedAt), desc(supportAccess.id))
    .limit(100)
}

/** As the contract shows it. */
export const supportColumns = {
  id: supportAccess.id,
  operatorName: supportAccess.operatorName,
  reason: supportAccess.reason,
  openedAt: supportAccess.openedAt,
  expiresAt: supportAccess.expiresAt,
  endedAt: supportAccess.endedAt,
  endedBy: supportAccess.endedBy,
  isLive: sql<boolean>`${supportAccess.endedAt} is null and ${supportAccess.expiresAt} > now()`.mapWith(truth),
} satisfies Record<keyof SupportAccess, unknown>

/** Neither ended nor expired, by the clock of the database. */
export function isLive(): SQL | undefined {
  return and(isNull(supportAccess.endedAt), gt(supportAccess.expiresAt, sql`now()`))
}
