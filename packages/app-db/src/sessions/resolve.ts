import { statement } from '@tenantry/connections/statement'
import type { SessionId, UserId } from '@tenantry/contracts/ids'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantSummary } from '@tenantry/contracts/session'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { mintGrant, type TenantGrant } from '../grants/grant.ts'
import { memberships } from '../memberships/table.ts'
import type { Principal } from '../grants/principal.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'
import { sessions } from './table.ts'

export interface ResolvedSession {
  principal: Extract<Principal, { kind: 'user' }>
  user: { id: UserId; name: string; email: string }
  session: { id: SessionId; isDueToBeSeen: boolean }
  /** Null until a company is chosen and after the membership of the chosen one has ended. */
  tenant: TenantSummary | null
  role: Role | null
  /** Null without a tenant and for an archived one; of a suspended one it only reads. */
  grant: TenantGrant | null
}

/** Session → user → active membership → tenant → data source version, in one prepared query. */
export const liveSession = statement((db) =>
  db
    .select({
      sessionId: sessions.id,
      isDueToBeSeen: sql<unknown>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
      userId: users.id,
      userName: users.name,
      email: users.email,
      role: memberships.role,
      tenantId: tenants.id,
      slug: tenants.slug,
      tenantName: tenants.name,
      tenantStatus: tenants.status,
      dataSourceVersion: tenants.dataSourceVersion,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), eq(users.status, 'active')))
    .leftJoin(
      memberships,
      and(
        eq(memberships.userId, sessions.userId),
        eq(memberships.tenantId, sessions.tenantId),
        eq(memberships.status, 'active'),
      ),
    )
    .leftJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(and(eq(sessions.id, sql.placeholder('id')), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`))),
)

export type LiveSession = {
  sessionId: SessionId
  isDueToBeSeen: unknown
  userId: UserId
  userName: string
  email: string
  role: Role | null
  tenantId: TenantSummary['id'] | null
  slug: string | null
  tenantName: string | null
  tenantStatus: TenantSummary['status'] | null
  dataSourceVersion: number | null
}

export function resolvedFrom(row: LiveSession, requestId: string): ResolvedSession {
  const principal = { kind: 'user', userId: row.userId, sessionId: row.sessionId, name: row.userName } as const
  const signedIn = {
    principal,
    user: { id: row.userId, name: row.userName, email: row.email },
    session: { id: row.sessionId, isDueToBeSeen: row.isDueToBeSeen === true || row.isDueToBeSeen === 't' },
  }
  const { role, tenantId, slug, tenantName, tenantStatus, dataSourceVersion } = row
  if (!role || !tenantId || slug === null || tenantName === null || !tenantStatus || dataSourceVersion === null) {
    return { ...signedIn, tenant: null, role: null, grant: null }
  }
  const grant =
    tenantStatus === 'archived'
      ? null
      : mintGrant({
          tenantId,
          tenantSlug: slug,
          principal,
          role,
          access: tenantStatus === 'active' ? 'write' : 'read',
          tenantStatus,
          dataSourceVersion,
          requestId,
        })
  return { ...signedIn, tenant: { id: tenantId, slug, name: tenantName, status: tenantStatus, role }, role, grant }
}
