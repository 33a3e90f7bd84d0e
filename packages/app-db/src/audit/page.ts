import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import type { Page } from '@tenantry/contracts/pages'
import type { AuditEntry, AuditListQuery } from '@tenantry/contracts/tenants'
import { TenantryError } from '@tenantry/errors'
import { and, desc, eq, lt } from 'drizzle-orm'
import { auditLog } from './table.ts'

/** What happened to a tenant, newest first. */
export async function auditPage(
  executor: Executor,
  tenantId: TenantId,
  query: AuditListQuery,
): Promise<Page<AuditEntry>> {
  const found = await executor.db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      actorKind: auditLog.actorKind,
      actorName: auditLog.actorName,
      action: auditLog.action,
      subject: auditLog.subject,
      detail: auditLog.detail,
    })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.tenantId, tenantId),
        query.action === undefined ? undefined : eq(auditLog.action, query.action),
        query.cursor ? lt(auditLog.id, idOf(query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(query.limit + 1)
  const rows = found.slice(0, query.limit).map((row) => ({ ...row, id: String(row.id) }))
  return { rows, nextCursor: found.length > query.limit ? (rows.at(-1)?.id ?? null) : null }
}

function idOf(cursor: string): bigint {
  if (!/^[0-9]{1,18}$/.test(cursor)) throw new TenantryError('BAD_INPUT', { message: 'The cursor is not valid.' })
  return BigInt(cursor)
}
