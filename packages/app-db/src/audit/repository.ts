import type { Page } from '@tenantry/contracts/pages'
import type { AuditEntry, AuditListQuery } from '@tenantry/contracts/tenants'
import { TenantryError } from '@tenantry/errors'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { grantFacts, type TenantGrant } from '../grants/grant.ts'
import { recordAudit, type AuditRecord } from './record.ts'
import { auditLog } from './table.ts'

export class AuditRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** What happened to the grant's tenant, newest first. */
  async list(grant: TenantGrant, query: AuditListQuery): Promise<Page<AuditEntry>> {
    const { tenantId } = grantFacts(grant)
    const found = await this.#access.reader.db
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

  record(entry: AuditRecord): Promise<void> {
    return this.#access.write((tx) => recordAudit(tx, entry))
  }
}

function idOf(cursor: string): bigint {
  if (!/^[0-9]{1,18}$/.test(cursor)) throw new TenantryError('BAD_INPUT', { message: 'The cursor is not valid.' })
  return BigInt(cursor)
}
