import type { Executor } from '@tenantry/connections/database'
import type { TenantId, UserId } from '@tenantry/contracts/ids'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantSummary } from '@tenantry/contracts/session'
import type { Member, MemberInput, MemberStatus } from '@tenantry/contracts/tenants'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Access } from '../access.ts'
import { endFeedsOf } from '../calendar-feeds/repository.ts'
import { recordAudit } from '../audit/record.ts'
import { grantFacts, type GrantFacts, type TenantGrant } from '../grants/grant.ts'
import { sessions } from '../sessions/table.ts'
import { tenants } from '../tenants/table.ts'
import { ensureUser } from '../users/ensure-user.ts'
import { users } from '../users/table.ts'
import { managingFacts } from '../grants/managing.ts'
import { memberships } from './table.ts'

/** Owners and admins manage members; only an owner (or an operator) makes and unmakes owners. */
export class MembershipsRepository {
  readonly #access: Access
  readonly #hashPassword: (password: string) => Promise<string>

  constructor(access: Access, hashPassword: (password: string) => Promise<string>) {
    this.#access = access
    this.#hashPassword = hashPassword
  }

  /** The companies a person may work in. */
  tenantsOf(userId: UserId): Promise<TenantSummary[]> {
    return this.#access.reader.db
      .select({
        id: tenants.id,
        slug: tenants.slug,
        name: tenants.name,
        status: tenants.status,
        role: memberships.role,
      })
      .from(memberships)
      .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
      .where(and(eq(memberships.userId, userId), eq(memberships.status, 'active'), ne(tenants.status, 'archived')))
      .orderBy(asc(tenants.name))
  }

  /** Members of the grant's tenant by name, former ones too. */
  list(grant: TenantGrant): Promise<Member[]> {
    return selectMembers(this.#access.reader, grantFacts(grant).tenantId)
  }

  /** A person without an account gets one with the given first password. Throws CONFLICT for somebody who is a member. */
  async add(grant: TenantGrant, input: MemberInput): Promise<Member> {
    const facts = managingFacts(grant, 'members.manage')
    assertMayMakeOwners(facts, input)
    const passwordHash = input.password === undefined ? null : await this.#hashPassword(input.password)
    return this.#access.write(async (tx) => {
      const { email, name, role } = input
      const userId = await ensureUser(tx, { email, name, passwordHash })
      const joined = await tx.db
        .insert(memberships)
        .values({ tenantId: facts.tenantId, userId, role })
        .onConflictDoUpdate({
          target: [memberships.tenantId, memberships.userId],
          set: { role, status: 'active' },
          setWhere: eq(memberships.status, 'removed'),
        })
        .returning({ userId: memberships.userId })
      if (joined.length === 0) throw new TenantryError('CONFLICT', { message: 'This person is a member already.' })
      await this.#record(tx, facts, { action: 'member.added', subject: userId, detail: { role } })
      return memberIn(tx, facts.tenantId, userId)
    })
  }

  /** Throws NOT_FOUND, FORBIDDEN, or RULE_VIOLATED for the last active owner. */
  setRole(grant: TenantGrant, { userId, role }: { userId: UserId; role: Role }): Promise<Member> {
    return this.#change(grant, userId, { role })
  }

  /** Ends or returns access from the member's next request on. Throws like `setRole`. */
  setStatus(grant: TenantGrant, { userId, status }: { userId: UserId; status: MemberStatus }): Promise<Member> {
    return this.#change(grant, userId, { status })
  }

  async #change(grant: TenantGrant, userId: UserId, change: { role?: Role; status?: MemberStatus }): Promise<Member> {
    const facts = managingFacts(grant, 'members.manage')
    const { tenantId } = facts
    return this.#access.write(async (tx) => {
      // Two owners who demote each other at once must not both succeed.
      await tx.db.select({ id: tenants.id }).from(tenants).where(eq(tenants.id, tenantId)).for('update')
      const before = await memberIn(tx, tenantId, userId)
      const after = { role: change.role ?? before.role, status: change.status ?? before.status }
      assertMayMakeOwners(facts, before, after)
      await tx.db
        .update(memberships)
        .set(after)
        .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)))
      if (isActiveOwner(before) && !isActiveOwner(after)) await assertOwnerLeft(tx, tenantId)
      if (after.status === 'removed') await endFeedsOf(tx, tenantId, userId)
      const [action, detail] = change.role
        ? ['member.role_changed', { from: before.role, to: after.role }]
        : ['member.status_changed', { from: before.status, to: after.status }]
      await this.#record(tx, facts, { action, subject: userId, detail })
      return { ...before, ...after }
    })
  }

  #record(
    tx: Executor,
    facts: GrantFacts,
    entry: { action: string; subject: string; detail: Record<string, unknown> },
  ) {
    return recordAudit(tx, { ...facts, ...entry })
  }
}

/** Owners are made and unmade by owners, or by those who are no members at all: operators. */
function assertMayMakeOwners({ role }: GrantFacts, ...members: { role: Role }[]): void {
  if (role === 'owner' || role === null) return
  if (members.some((member) => member.role === 'owner')) throw new TenantryError('FORBIDDEN')
}

function isActiveOwner({ role, status }: { role: Role; status: MemberStatus }): boolean {
  return role === 'owner' && status === 'active'
}

async function assertOwnerLeft(tx: Executor, tenantId: TenantId): Promise<void> {
  const owners = await tx.db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.role, 'owner'), eq(memberships.status, 'active')))
    .limit(1)
  if (owners.length === 0) throw new TenantryError('RULE_VIOLATED', { message: 'A company keeps at least one owner.' })
}

async function memberIn(executor: Executor, tenantId: TenantId, userId: UserId): Promise<Member> {
  const [member] = await selectMembers(executor, tenantId, userId)
  if (member === undefined) throw new TenantryError('NOT_FOUND')
  return member
}

function selectMembers(executor: Executor, tenantId: TenantId, userId?: UserId): Promise<Member[]> {
  return executor.db
    .select({
      userId: memberships.userId,
      name: users.name,
      email: users.email,
      role: memberships.role,
      status: memberships.status,
      joinedAt: memberships.joinedAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(
      sessions,
      eq(
        sessions.id,
        sql`(select s.id from ${sessions} s where s.user_id = ${memberships.userId} and s.tenant_id = ${memberships.tenantId} order by s.last_seen_at desc limit 1)`,
      ),
    )
    .where(and(eq(memberships.tenantId, tenantId), userId === undefined ? undefined : eq(memberships.userId, userId)))
    .orderBy(asc(users.name), asc(users.id))
}
