import { statement } from '@tenantry/connections/statement'
import type { TenantId, UserId } from '@tenantry/contracts/ids'
import type { RecordAccess } from '@tenantry/contracts/record-access'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantStatus } from '@tenantry/contracts/session'
import { and, eq, sql } from 'drizzle-orm'
import { memberships } from '../memberships/table.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/** A member as a job acts for them: their membership as it is now, without a session. */
export const activeMember = statement<{ tenantId: TenantId; userId: UserId }, ActiveMember>((db) =>
  db
    .select({
      name: users.name,
      role: memberships.role,
      ownAccess: memberships.recordAccess,
      team: sql<UserId[] | null>`case when ${memberships.teamId} is not null then (
        select jsonb_agg(t.user_id) from ${memberships} t
        where t.tenant_id = ${memberships.tenantId} and t.team_id = ${memberships.teamId}) end`,
      roleAccess: tenants.roleAccess,
      slug: tenants.slug,
      status: tenants.status,
      dataSourceVersion: tenants.dataSourceVersion,
    })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), eq(users.status, 'active')))
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(
      and(
        eq(memberships.tenantId, sql.placeholder('tenantId')),
        eq(memberships.userId, sql.placeholder('userId')),
        eq(memberships.status, 'active'),
      ),
    ),
)

export type ActiveMember = {
  name: string
  role: Role
  ownAccess: RecordAccess
  team: UserId[] | null
  roleAccess: Partial<Record<Role, RecordAccess>>
  slug: string
  status: TenantStatus
  dataSourceVersion: number
}
