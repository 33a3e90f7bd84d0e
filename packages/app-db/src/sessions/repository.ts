import type { SessionId, TenantId, UserId } from '@tenantry/contracts/ids'
import type { SessionListItem } from '@tenantry/contracts/session'
import { TenantryError } from '@tenantry/errors'
import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import type { SignedInPrincipal } from '../grants/principal.ts'
import { memberships } from '../memberships/table.ts'
import { tenants } from '../tenants/table.ts'
import { liveSession, resolvedFrom, type ResolvedSession } from './resolve.ts'
import { sessions } from './table.ts'

/** Unused for so long, a session is over. */
const idleExpiry = sql`now() + interval '30 days'`
/** However much it is used: what was stolen once does not open for ever. */
const lifetime = sql`interval '90 days'`

export class SessionsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** One prepared query. Undefined for a session that is unknown, ended or expired, or whose user is disabled. */
  async resolve(id: SessionId, { requestId }: { requestId: string }): Promise<ResolvedSession | undefined> {
    const [row] = await this.#access.reader.run(liveSession, { id })
    return row === undefined ? undefined : resolvedFrom(row, requestId)
  }

  /** Starts in the company the user worked in last, else in their oldest one; writes the audit entry. */
  start(input: {
    userId: UserId
    name: string
    userAgent: string | null
    requestId: string | null
  }): Promise<SessionId> {
    const id = uuidv7() as SessionId
    return this.#access.write(async (tx) => {
      const [place] = await tx.db
        .select({ tenantId: memberships.tenantId })
        .from(memberships)
        .innerJoin(tenants, and(eq(tenants.id, memberships.tenantId), ne(tenants.status, 'archived')))
        .where(and(eq(memberships.userId, input.userId), eq(memberships.status, 'active')))
        .orderBy(
          sql`(select max(s.last_seen_at) from ${sessions} s where s.user_id = ${input.userId} and s.tenant_id = ${memberships.tenantId}) desc nulls last`,
          memberships.joinedAt,
        )
        .limit(1)
      const tenantId = place?.tenantId ?? null
      const { userId, userAgent, requestId } = input
      await tx.db
        .insert(sessions)
        .values({ id, userId, tenantId, userAgent: userAgent?.slice(0, 400) ?? null, expiresAt: idleExpiry })
      const principal = { kind: 'user', userId, sessionId: id, name: input.name } as const
      await recordAudit(tx, { principal, tenantId, action: 'session.started', requestId })
      return id
    })
  }

  /** Slides the expiry, up to 90 days from the start; at most once a minute, and never of a session that is over. */
  async touch(id: SessionId): Promise<void> {
    await this.#access.write((tx) =>
      tx.db
        .update(sessions)
        .set({ lastSeenAt: sql`now()`, expiresAt: sql`least(${idleExpiry}, ${sessions.createdAt} + ${lifetime})` })
        .where(
          and(
            eq(sessions.id, id),
            isNull(sessions.endedAt),
            gt(sessions.expiresAt, sql`now()`),
            sql`${sessions.lastSeenAt} < now() - interval '1 minute'`,
          ),
        ),
    )
  }

  listOf(userId: UserId): Promise<Omit<SessionListItem, 'isCurrent'>[]> {
    return this.#access.reader.db
      .select({
        id: sessions.id,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        userAgent: sessions.userAgent,
      })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`)))
      .orderBy(desc(sessions.lastSeenAt))
  }

  /** Works in another company from the next request on. Throws FORBIDDEN without an active membership there. */
  async switchTenant(principal: SignedInPrincipal, tenantId: TenantId): Promise<void> {
    await this.#access.write(async (tx) => {
      const [member] = await tx.db
        .select({ status: tenants.status })
        .from(memberships)
        .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
        .where(
          and(
            eq(memberships.userId, principal.userId),
            eq(memberships.tenantId, tenantId),
            eq(memberships.status, 'active'),
          ),
        )
      if (member === undefined) throw new TenantryError('FORBIDDEN')
      if (member.status === 'archived') throw new TenantryError('TENANT_ARCHIVED')
      const place = { tenantId, supportAccessId: null }
      await tx.db.update(sessions).set(place).where(eq(sessions.id, principal.sessionId))
      await recordAudit(tx, { principal, tenantId, action: 'session.tenant_switched' })
    })
  }

  async end(principal: SignedInPrincipal, tenantId: TenantId | null): Promise<void> {
    await this.#access.write(async (tx) => {
      await tx.db
        .update(sessions)
        .set({ endedAt: sql`now()` })
        .where(eq(sessions.id, principal.sessionId))
      await recordAudit(tx, { principal, tenantId, action: 'session.ended' })
    })
  }

  async endAll(principal: SignedInPrincipal, tenantId: TenantId | null): Promise<void> {
    await this.#access.write(async (tx) => {
      await tx.db
        .update(sessions)
        .set({ endedAt: sql`now()` })
        .where(and(eq(sessions.userId, principal.userId), isNull(sessions.endedAt)))
      await recordAudit(tx, { principal, tenantId, action: 'session.all_ended' })
    })
  }
}
