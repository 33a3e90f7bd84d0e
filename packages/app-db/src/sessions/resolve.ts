import { statement } from '@tenantry/connections/statement'
import type { SessionId, SupportAccessId, UserId } from '@tenantry/contracts/ids'
import type { RecordAccess } from '@tenantry/contracts/record-access'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantSummary } from '@tenantry/contracts/session'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { mintGrant, type TenantGrant } from '../grants/grant.ts'
import { memberships } from '../memberships/table.ts'
import type { SignedInPrincipal } from '../grants/principal.ts'
import { mintPass, type OperatorPass } from '../operators/pass.ts'
import { operators } from '../operators/table.ts'
import { exportLimitsOf, rowLimitsOf, type Limited } from '../record-access/limits.ts'
import { isLive } from '../support-access/rows.ts'
import { supportAccess } from '../support-access/table.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'
import { sessions } from './table.ts'

export interface ResolvedSession {
  principal: SignedInPrincipal
  user: { id: UserId; name: string; email: string }
  session: { id: SessionId; isDueToBeSeen: boolean }
  /** Null until a company is chosen and after the membership of the chosen one has ended. */
  tenant: TenantSummary | null
  role: Role | null
  /** Null without a tenant and for an archived one; of a suspended one it only reads. */
  grant: TenantGrant | null
  /** Null for everybody who does not run this installation. */
  operatorPass: OperatorPass | null
  /** The session reads in a company its person need not belong to; `ended` once that is over, until another is chosen. */
  support: { id: SupportAccessId; reason: string; expiresAt: string } | 'ended' | null
}

/**
 * Session → user → active membership, or support access of an operator → tenant → data source version, in one prepared
 * query. A session that was put into support access counts for nothing else: when that is over, it is nowhere.
 */
export const liveSession = statement((db) =>
  db
    .select({
      sessionId: sessions.id,
      isDueToBeSeen: sql<unknown>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
      userId: users.id,
      userName: users.name,
      email: users.email,
      role: memberships.role,
      roleAccess: tenants.roleAccess,
      ownAccess: memberships.recordAccess,
      team: sql<UserId[] | null>`case when ${memberships.teamId} is not null then (
        select jsonb_agg(t.user_id) from ${memberships} t
        where t.tenant_id = ${memberships.tenantId} and t.team_id = ${memberships.teamId}) end`,
      tenantId: tenants.id,
      slug: tenants.slug,
      tenantName: tenants.name,
      tenantStatus: tenants.status,
      dataSourceVersion: tenants.dataSourceVersion,
      operatorId: operators.userId,
      wantedSupportId: sessions.supportAccessId,
      supportId: supportAccess.id,
      supportReason: supportAccess.reason,
      supportExpiresAt: supportAccess.expiresAt,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.status, 'active')))
    .leftJoin(
      memberships,
      and(
        eq(memberships.userId, sessions.userId),
        eq(memberships.tenantId, sessions.tenantId),
        eq(memberships.status, 'active'),
        isNull(sessions.supportAccessId),
      ),
    )
    .leftJoin(operators, eq(operators.userId, sessions.userId))
    .leftJoin(
      supportAccess,
      and(eq(supportAccess.id, sessions.supportAccessId), eq(supportAccess.operatorId, operators.userId), isLive()),
    )
    .leftJoin(tenants, eq(tenants.id, sql`coalesce(${memberships.tenantId}, ${supportAccess.tenantId})`))
    .where(and(eq(sessions.id, sql.placeholder('id')), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`))),
)

export type LiveSession = {
  sessionId: SessionId
  isDueToBeSeen: unknown
  userId: UserId
  userName: string
  email: string
  role: Role | null
  roleAccess: Partial<Record<Role, RecordAccess>> | null
  ownAccess: RecordAccess | null
  team: UserId[] | null
  tenantId: TenantSummary['id'] | null
  slug: string | null
  tenantName: string | null
  tenantStatus: TenantSummary['status'] | null
  dataSourceVersion: number | null
  operatorId: UserId | null
  wantedSupportId: SupportAccessId | null
  supportId: SupportAccessId | null
  supportReason: string | null
  supportExpiresAt: string | null
}

export function resolvedFrom(row: LiveSession, requestId: string): ResolvedSession {
  const principal = { kind: 'user', userId: row.userId, sessionId: row.sessionId, name: row.userName } as const
  const operator = { kind: 'operator', userId: row.userId, name: row.userName } as const
  const support = supportIn(row)
  const signedIn = {
    principal,
    user: { id: row.userId, name: row.userName, email: row.email },
    session: { id: row.sessionId, isDueToBeSeen: row.isDueToBeSeen === true || row.isDueToBeSeen === 't' },
    operatorPass: row.operatorId === null ? null : mintPass({ principal: operator, requestId }),
    support,
  }
  const isSupported = support !== null && support !== 'ended'
  const { tenantId, slug, tenantName, tenantStatus, dataSourceVersion } = row
  // Support access may do what a member may who only reads, and of that only what its grant allows.
  const role = isSupported ? 'read_only' : row.role
  if (!role || !tenantId || slug === null || tenantName === null || !tenantStatus || dataSourceVersion === null) {
    return { ...signedIn, tenant: null, role: null, grant: null }
  }
  const tenant = { id: tenantId, slug, name: tenantName, status: tenantStatus, role }
  if (tenantStatus === 'archived') return { ...signedIn, tenant, role, grant: null }
  const facts = { tenantId, tenantSlug: slug, tenantStatus, dataSourceVersion, requestId }
  const grant = isSupported
    ? mintGrant({
        ...facts,
        principal: operator,
        role: null,
        limits: null,
        access: 'read',
        login: 'support',
        endsAt: Date.parse(support.expiresAt),
      })
    : mintGrant({
        ...facts,
        principal,
        role,
        access: tenantStatus === 'active' ? 'write' : 'read',
        limits: rowLimitsOf(limitedIn(row, role)),
        exportLimits: exportLimitsOf(limitedIn(row, role)),
        login: 'serving',
      })
  return { ...signedIn, tenant, role, grant }
}

function limitedIn({ userId, roleAccess, ownAccess, team }: LiveSession, role: Role): Limited {
  return { userId, role, roleAccess: roleAccess ?? {}, ownAccess: ownAccess ?? {}, team: team ?? [] }
}

function supportIn(row: LiveSession): ResolvedSession['support'] {
  const { wantedSupportId, supportId: id, supportReason: reason, supportExpiresAt: expiresAt } = row
  if (wantedSupportId === null) return null
  return id === null || reason === null || expiresAt === null ? 'ended' : { id, reason, expiresAt }
}
