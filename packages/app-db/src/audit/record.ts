import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import { actorOf, type Principal } from '../grants/principal.ts'
import { auditLog } from './table.ts'

export interface AuditRecord {
  principal: Principal
  tenantId: TenantId | null
  /** Noun and past participle: `member.role_changed`. */
  action: string
  subject?: string | null
  requestId?: string | null
  /** Never a secret. */
  detail?: Record<string, unknown>
}

/** Writes an entry in the transaction of what it tells about. */
export async function recordAudit(tx: Executor, { principal, tenantId, action, ...more }: AuditRecord): Promise<void> {
  await tx.db.insert(auditLog).values({
    ...actorOf(principal),
    tenantId,
    action,
    subject: more.subject ?? null,
    requestId: more.requestId ?? null,
    detail: more.detail ?? {},
  })
}
