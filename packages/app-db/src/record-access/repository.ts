import type { Executor } from '@tenantry/connections/database'
import type { TeamId, UserId } from '@tenantry/contracts/ids'
import type { AccessSettings, MemberAccessInput, RoleAccessInput, Team } from '@tenantry/contracts/record-access'
import { TenantryError } from '@tenantry/errors'
import { and, asc, eq, or, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Access } from '../access.ts'
import { announceTenantChange, recordAudit } from '../audit/record.ts'
import { grantFacts, type GrantFacts, type TenantGrant } from '../grants/grant.ts'
import { managingFacts } from '../grants/managing.ts'
import { memberships } from '../memberships/table.ts'
import { teams } from '../teams/table.ts'
import { tenants } from '../tenants/table.ts'

/** Whose records the members of a company see and change. In force from a member's next request on. */
export class RecordAccessRepository {
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
  }

  async settings(grant: TenantGrant): Promise<AccessSettings> {
    const { tenantId } = grantFacts(grant)
    const { db } = this.#access.reader
    const [tenant] = await db.select({ roles: tenants.roleAccess }).from(tenants).where(eq(tenants.id, tenantId))
    if (tenant === undefined) throw new TenantryError('NOT_FOUND')
    const named = await db
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(eq(teams.tenantId, tenantId))
      .orderBy(asc(sql`lower(${teams.name})`))
    const members = await db
      .select({ userId: memberships.userId, teamId: memberships.teamId, access: memberships.recordAccess })
      .from(memberships)
      .where(and(eq(memberships.tenantId, tenantId), or(sql`team_id is not null`, sql`record_access <> '{}'`)))
      .orderBy(asc(memberships.userId))
    const { member = {}, read_only = {} } = tenant.roles
    return { roles: { member, read_only }, teams: named, members }
  }

  async setRole(grant: TenantGrant, { role, access }: RoleAccessInput): Promise<AccessSettings> {
    const { tenantId, principal, requestId } = managingFacts(grant, 'members.manage')
    await this.#access.write(async (tx) => {
      const entry = { action: 'tenant.role_access_changed', detail: { role, access } }
      await announceTenantChange(tx, { principal, requestId, ...entry })
      const roleAccess = sql`${tenants.roleAccess} || ${JSON.stringify({ [role]: access })}::jsonb`
      await tx.db.update(tenants).set({ roleAccess }).where(eq(tenants.id, tenantId))
    })
    return this.settings(grant)
  }

  /** The team and the kinds of one member. Throws NOT_FOUND, and RULE_VIOLATED for a team that is not there. */
  async setMember(grant: TenantGrant, { userId, teamId, access }: MemberAccessInput): Promise<AccessSettings> {
    const facts = managingFacts(grant, 'members.manage')
    await this.#access.write(async (tx) => {
      if (teamId !== null) await assertTeam(tx, facts, teamId)
      const changed = await tx.db
        .update(memberships)
        .set({ teamId, recordAccess: access })
        .where(and(eq(memberships.tenantId, facts.tenantId), eq(memberships.userId, userId)))
        .returning({ userId: memberships.userId })
      if (changed.length === 0) throw new TenantryError('NOT_FOUND')
      await record(tx, facts, 'member.access_changed', { subject: userId, detail: { teamId, access } })
    })
    return this.settings(grant)
  }

  /** Throws CONFLICT for a name that another team has. */
  addTeam(grant: TenantGrant, name: string): Promise<Team> {
    const facts = managingFacts(grant, 'members.manage')
    const team = { id: uuidv7() as TeamId, name }
    return this.#access.write(async (tx) => {
      await tx.db.insert(teams).values({ ...team, tenantId: facts.tenantId })
      await record(tx, facts, 'team.added', { subject: team.id, detail: { name } })
      return team
    })
  }

  /** Throws NOT_FOUND, CONFLICT. */
  renameTeam(grant: TenantGrant, { id, name }: Team): Promise<Team> {
    const facts = managingFacts(grant, 'members.manage')
    return this.#access.write(async (tx) => {
      const renamed = await tx.db.update(teams).set({ name }).where(ofTeam(facts, id)).returning({ id: teams.id })
      if (renamed.length === 0) throw new TenantryError('NOT_FOUND')
      await record(tx, facts, 'team.renamed', { subject: id, detail: { name } })
      return { id, name }
    })
  }

  /** Its members are in no team from then on, and see of a team's records their own. Throws NOT_FOUND. */
  async removeTeam(grant: TenantGrant, id: TeamId): Promise<void> {
    const facts = managingFacts(grant, 'members.manage')
    await this.#access.write(async (tx) => {
      const removed = await tx.db.delete(teams).where(ofTeam(facts, id)).returning({ name: teams.name })
      if (removed.length === 0) throw new TenantryError('NOT_FOUND')
      await record(tx, facts, 'team.removed', { subject: id, detail: { name: removed[0]?.name } })
    })
  }
}

function ofTeam({ tenantId }: GrantFacts, id: TeamId) {
  return and(eq(teams.tenantId, tenantId), eq(teams.id, id))
}

async function assertTeam(tx: Executor, facts: GrantFacts, id: TeamId): Promise<void> {
  const [team] = await tx.db.select({ id: teams.id }).from(teams).where(ofTeam(facts, id)).for('key share')
  if (team !== undefined) return
  throw new TenantryError('RULE_VIOLATED', { message: 'There is no such team.', data: { field: 'teamId' } })
}

function record(
  tx: Executor,
  facts: GrantFacts,
  action: string,
  entry: { subject: UserId | TeamId; detail: Record<string, unknown> },
): Promise<void> {
  return recordAudit(tx, { ...facts, action, ...entry })
}
