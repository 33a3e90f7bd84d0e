import { statement } from '@tenantry/connections/statement'
import type { CalendarFeedId, TenantId, UserId } from '@tenantry/contracts/ids'
import type { RecordAccess } from '@tenantry/contracts/record-access'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantStatus } from '@tenantry/contracts/session'
import { and, eq, ne, or, isNull, sql } from 'drizzle-orm'
import { mintGrant, type TenantGrant } from '../grants/grant.ts'
import { memberships } from '../memberships/table.ts'
import { rowLimitsOf, type RowLimits } from '../record-access/limits.ts'
import { tenants } from '../tenants/table.ts'
import { truth } from '../truth.ts'
import { users } from '../users/table.ts'
import { calendarFeeds } from './table.ts'

/** A feed that is being read. */
export interface OpenedFeed {
  feed: { id: CalendarFeedId; name: string; isDueToBeNoted: boolean }
  tenantName: string
  /** In the name of the system, and only to read: with the member's limits for a feed of theirs, with none for the company's. */
  grant: TenantGrant
}

/** Feed → active membership of an active user, or the company itself → data source version, in one prepared query. */
export const liveFeed = statement<{ tokenHash: Uint8Array }, LiveFeed>((db) =>
  db
    .select({
      id: calendarFeeds.id,
      name: calendarFeeds.name,
      isDueToBeNoted: sql<unknown>`coalesce(${calendarFeeds.lastReadAt} < now() - interval '15 minutes', true)`,
      userId: memberships.userId,
      role: memberships.role,
      ownAccess: memberships.recordAccess,
      team: sql<UserId[] | null>`case when ${memberships.teamId} is not null then (
        select jsonb_agg(t.user_id) from ${memberships} t
        where t.tenant_id = ${memberships.tenantId} and t.team_id = ${memberships.teamId}) end`,
      roleAccess: tenants.roleAccess,
      tenantId: tenants.id,
      slug: tenants.slug,
      tenantName: tenants.name,
      status: tenants.status,
      dataSourceVersion: tenants.dataSourceVersion,
    })
    .from(calendarFeeds)
    .innerJoin(tenants, and(eq(tenants.id, calendarFeeds.tenantId), ne(tenants.status, 'archived')))
    .leftJoin(
      memberships,
      and(
        eq(memberships.tenantId, calendarFeeds.tenantId),
        eq(memberships.userId, calendarFeeds.userId),
        eq(memberships.status, 'active'),
      ),
    )
    .leftJoin(users, and(eq(users.id, memberships.userId), eq(users.status, 'active')))
    .where(
      and(
        eq(calendarFeeds.tokenHash, sql.placeholder('tokenHash')),
        or(isNull(calendarFeeds.userId), sql`${users.id} is not null`),
      ),
    ),
)

type LiveFeed = {
  id: CalendarFeedId
  name: string
  isDueToBeNoted: unknown
  userId: UserId | null
  role: Role | null
  ownAccess: RecordAccess | null
  team: UserId[] | null
  roleAccess: Partial<Record<Role, RecordAccess>> | null
  tenantId: TenantId
  slug: string
  tenantName: string
  status: TenantStatus
  dataSourceVersion: number
}

export function openedFrom(row: LiveFeed, requestId: string): OpenedFeed {
  const { id, name, tenantId, slug, tenantName, status, dataSourceVersion, role } = row
  const grant = mintGrant({
    tenantId,
    tenantSlug: slug,
    tenantStatus: status,
    dataSourceVersion,
    requestId,
    principal: { kind: 'system', job: 'calendar feed' },
    role,
    limits: limitsIn(row),
    access: 'read',
    login: 'serving',
  })
  return { feed: { id, name, isDueToBeNoted: truth(row.isDueToBeNoted) }, tenantName, grant }
}

function limitsIn({ userId, role, roleAccess, ownAccess, team }: LiveFeed): RowLimits | null {
  if (userId === null || role === null) return null
  return rowLimitsOf({ userId, role, roleAccess: roleAccess ?? {}, ownAccess: ownAccess ?? {}, team: team ?? [] })
}
