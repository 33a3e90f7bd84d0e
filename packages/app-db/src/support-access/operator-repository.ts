import type { SessionId, SupportAccessId } from '@tenantry/contracts/ids'
import type { SupportAccess, SupportInput } from '@tenantry/contracts/support'
import { TenantryError } from '@tenantry/errors'
import { and, eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import type { OperatorFacts } from '../operators/pass.ts'
import { sessions } from '../sessions/table.ts'
import { tenantBySlug } from '../tenants/by-slug.ts'
import { endSupport } from './end.ts'
import { isLive, supportColumns } from './rows.ts'
import { supportAccess } from './table.ts'

/** An operator's own support access: to open it, to work by it, to give it back. */
export class OperatorSupportRepository {
  readonly #access: Access
  readonly #operator: OperatorFacts

  constructor(access: Access, operator: OperatorFacts) {
    this.#access = access
    this.#operator = operator
  }

  /**
   * Tells the tenant who is coming, why and until when, in the transaction that lets them. Throws NOT_FOUND,
   * TENANT_ARCHIVED, and TENANT_DATABASE_NOT_CONFIGURED for a tenant without a login that can only read.
   */
  open({ slug, reason, minutes }: SupportInput): Promise<SupportAccess> {
    const { principal, requestId } = this.#operator
    // A version 7 UUID just made is a SupportAccessId once it names a row.
    const id = uuidv7() as SupportAccessId
    return this.#access.write(async (tx) => {
      const { id: tenantId, status, hasSupportLogin } = await tenantBySlug(tx, slug)
      if (status === 'archived') throw new TenantryError('TENANT_ARCHIVED')
      if (!hasSupportLogin) {
        throw new TenantryError('TENANT_DATABASE_NOT_CONFIGURED', {
          message: 'This tenant has no login that can only read. Make one with `tenantry tenant support-login`.',
        })
      }
      const expiresAt = sql`now() + make_interval(mins => ${minutes})`
      const [made] = await tx.db
        .insert(supportAccess)
        .values({ id, tenantId, operatorId: principal.userId, operatorName: principal.name, reason, expiresAt })
        .returning(supportColumns)
      if (made === undefined) throw new TenantryError('INTERNAL', { detail: { reason: 'no row came back' } })
      const detail = { reason, minutes, expiresAt: made.expiresAt }
      await recordAudit(tx, { principal, tenantId, action: 'support.opened', subject: id, requestId, detail })
      return made
    })
  }

  /** From the session's next request on it reads in that tenant. Throws NOT_FOUND for what is not theirs or not live. */
  enter(sessionId: SessionId, id: SupportAccessId): Promise<void> {
    const { principal, requestId } = this.#operator
    return this.#access.write(async (tx) => {
      const [found] = await tx.db
        .select({ tenantId: supportAccess.tenantId })
        .from(supportAccess)
        .where(and(eq(supportAccess.id, id), eq(supportAccess.operatorId, principal.userId), isLive()))
      if (found === undefined) throw new TenantryError('NOT_FOUND')
      await tx.db
        .update(sessions)
        .set({ supportAccessId: id })
        .where(and(eq(sessions.id, sessionId), eq(sessions.userId, principal.userId)))
      const { tenantId } = found
      await recordAudit(tx, { principal, tenantId, action: 'support.entered', subject: id, requestId })
    })
  }

  /** The session is where it was before, from its next request on. The access itself stays until it expires or is ended. */
  async leave(sessionId: SessionId): Promise<void> {
    const { userId } = this.#operator.principal
    await this.#access.write((tx) =>
      tx.db
        .update(sessions)
        .set({ supportAccessId: null })
        .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId))),
    )
  }

  /** Any operator's: whoever sees one that should not be may end it. Throws NOT_FOUND, RULE_VIOLATED for one that is over. */
  async end(id: SupportAccessId): Promise<void> {
    const { principal, requestId } = this.#operator
    await this.#access.write((tx) => endSupport(tx, { id, where: sql`true`, principal, requestId }))
  }
}
