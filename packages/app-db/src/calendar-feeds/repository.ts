import type { Executor } from '@tenantry/connections/database'
import type { CalendarFeed, CalendarFeedInput } from '@tenantry/contracts/calendar-feeds'
import type { CalendarFeedId, TenantId, UserId } from '@tenantry/contracts/ids'
import { roleAllows } from '@tenantry/contracts/roles'
import { TenantryError } from '@tenantry/errors'
import { aliasedTable, and, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { recordAudit } from '../audit/record.ts'
import { grantFacts, writingFacts, type GrantFacts, type TenantGrant } from '../grants/grant.ts'
import { managingFacts } from '../grants/managing.ts'
import { users } from '../users/table.ts'
import { liveFeed, openedFrom, type OpenedFeed } from './resolve.ts'
import { calendarFeeds } from './table.ts'

/** A person's phone, desk and partner have one each; the company's are few. */
const mostOfOne = 20

export class CalendarFeedsRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  /** One's own, newest first; whoever manages the company sees all of them. */
  async list(grant: TenantGrant): Promise<CalendarFeed[]> {
    const rows = await this.#access.reader.db
      .select({
        id: calendarFeeds.id,
        name: calendarFeeds.name,
        memberName: members.name,
        createdAt: calendarFeeds.createdAt,
        createdBy: users.name,
        rotatedAt: calendarFeeds.rotatedAt,
        lastReadAt: calendarFeeds.lastReadAt,
        userId: calendarFeeds.userId,
      })
      .from(calendarFeeds)
      .leftJoin(users, eq(users.id, calendarFeeds.createdBy))
      .leftJoin(members, eq(members.id, calendarFeeds.userId))
      .where(within(grantFacts(grant)))
      .orderBy(desc(calendarFeeds.createdAt), desc(calendarFeeds.id))
    return rows.map(({ userId, ...row }) => ({ ...row, scope: userId === null ? 'company' : 'own' }))
  }

  /**
   * `token` is told here and by `rotate`, and nowhere else. Throws FORBIDDEN for a feed of the company that is asked for by
   * somebody who does not manage it, and for one of their own asked for by who is nobody; TENANT_SUSPENDED; RULE_VIOLATED
   * beyond twenty.
   */
  create(grant: TenantGrant, { name, scope }: CalendarFeedInput): Promise<{ id: CalendarFeedId; token: string }> {
    const facts = scope === 'company' ? managingFacts(grant, 'tenant.manage') : writingFacts(grant)
    const { tenantId, principal } = facts
    const person = principal.kind === 'user' ? principal.userId : null
    if (scope === 'own' && person === null) throw new TenantryError('FORBIDDEN')
    const userId = scope === 'own' ? person : null
    const [id, token] = [uuidv7() as CalendarFeedId, newToken()]
    return this.#access.write(async (tx) => {
      await tx.db
        .insert(calendarFeeds)
        .values({ id, tenantId, userId, name, tokenHash: hashOf(token), createdBy: person })
      await assertFew(tx, tenantId, userId)
      await recordAudit(tx, { ...facts, action: 'calendar_feed.created', subject: id, detail: { name, scope } })
      return { id, token }
    })
  }

  /** A new address; the one before leads nowhere from its next reading on. Throws NOT_FOUND, TENANT_SUSPENDED. */
  rotate(grant: TenantGrant, id: CalendarFeedId): Promise<{ id: CalendarFeedId; token: string }> {
    const facts = writingFacts(grant)
    const token = newToken()
    return this.#access.write(async (tx) => {
      const rotated = await tx.db
        .update(calendarFeeds)
        .set({ tokenHash: hashOf(token), rotatedAt: sql`now()` as never })
        .where(and(eq(calendarFeeds.id, id), within(facts)))
        .returning({ name: calendarFeeds.name })
      await this.#noted(tx, facts, { id, rows: rotated, action: 'calendar_feed.rotated' })
      return { id, token }
    })
  }

  /** Ends it with its next reading. Throws NOT_FOUND, TENANT_SUSPENDED. */
  revoke(grant: TenantGrant, id: CalendarFeedId): Promise<void> {
    const facts = writingFacts(grant)
    return this.#access.write(async (tx) => {
      const revoked = await tx.db
        .delete(calendarFeeds)
        .where(and(eq(calendarFeeds.id, id), within(facts)))
        .returning({ name: calendarFeeds.name })
      await this.#noted(tx, facts, { id, rows: revoked, action: 'calendar_feed.revoked' })
    })
  }

  /** Undefined for a token nobody was given, that was replaced or revoked, and once its member or its company is gone. */
  async open(token: string, { requestId }: { requestId: string }): Promise<OpenedFeed | undefined> {
    const [row] = await this.#access.reader.run(liveFeed, { tokenHash: hashOf(token) })
    return row === undefined ? undefined : openedFrom(row, requestId)
  }

  /** That it was read at this quarter of an hour. */
  async touch(id: CalendarFeedId): Promise<void> {
    await this.#access.write((tx) =>
      tx.db
        .update(calendarFeeds)
        .set({ lastReadAt: sql`now()` as never })
        .where(eq(calendarFeeds.id, id)),
    )
  }

  async #noted(
    tx: Executor,
    facts: GrantFacts,
    { id, rows, action }: { id: CalendarFeedId; rows: { name: string }[]; action: string },
  ): Promise<void> {
    const [row] = rows
    if (row === undefined) throw new TenantryError('NOT_FOUND')
    await recordAudit(tx, { ...facts, action, subject: id, detail: { name: row.name } })
  }
}

/** Feeds of somebody who is a member no more do not come back with them. */
export async function endFeedsOf(tx: Executor, tenantId: TenantId, userId: UserId): Promise<void> {
  await tx.db.delete(calendarFeeds).where(and(eq(calendarFeeds.tenantId, tenantId), eq(calendarFeeds.userId, userId)))
}

const members = aliasedTable(users, 'members')

/** The feeds that somebody has a say in; an operator, in all. A key is nobody's member, and manages nothing. */
function within({ tenantId, principal, role }: GrantFacts): SQL | undefined {
  const inTenant = eq(calendarFeeds.tenantId, tenantId)
  if (principal.kind === 'operator') return inTenant
  if (principal.kind !== 'user') return and(inTenant, sql`false`)
  if (role !== null && roleAllows(role, 'tenant.manage')) return inTenant
  return and(inTenant, eq(calendarFeeds.userId, principal.userId))
}

async function assertFew(tx: Executor, tenantId: TenantId, userId: UserId | null): Promise<void> {
  const whose = userId === null ? isNull(calendarFeeds.userId) : eq(calendarFeeds.userId, userId)
  const count = await tx.db.$count(calendarFeeds, and(eq(calendarFeeds.tenantId, tenantId), whose))
  if (count <= mostOfOne) return
  throw new TenantryError('RULE_VIOLATED', { message: `There are ${mostOfOne} calendars already. Revoke one first.` })
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(`tenantry calendar feed\0${token}`).digest()
}
