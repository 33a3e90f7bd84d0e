import type { Executor } from '@tenantry/connections/database'
import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
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

export interface TenantChange extends Omit<AuditRecord, 'tenantId' | 'subject'> {
  /** For a change of many rows: the announcement holds for all of them, until the transaction ends. */
  holds?: 'transaction'
}

/**
 * Says who makes the next change to a row of `tenants` in this transaction, and how they call it. The entry itself is
 * written by the table's trigger, which adds the columns that changed: one change, one entry, also when nobody says
 * anything.
 */
export async function announceTenantChange(tx: Executor, { principal, ...change }: TenantChange): Promise<void> {
  const entry = JSON.stringify({ ...actorOf(principal), ...change })
  await tx.db.execute(sql`select app.announce_tenant_change(${entry}::jsonb)`)
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
