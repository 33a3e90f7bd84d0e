import type { LeasedDrizzle } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { ApiKeyRole } from '@tenantry/contracts/api-keys'
import type { ApiKeyId, UserId } from '@tenantry/contracts/ids'
import type { RecordAccess } from '@tenantry/contracts/record-access'
import type { Role } from '@tenantry/contracts/roles'
import type { TenantSummary } from '@tenantry/contracts/session'
import { and, eq, gt, isNull, or, sql, type SQL } from 'drizzle-orm'
import { mintGrant, type TenantGrant } from '../grants/grant.ts'
import { exportLimitsOf, rowLimitsOf } from '../record-access/limits.ts'
import { tenants } from '../tenants/table.ts'
import { truth } from '../truth.ts'
import { apiKeys } from './table.ts'

/** The program that holds a key, in the company that gave it. */
export interface KeyHolder {
  key: { id: ApiKeyId; name: string; isDueToBeNoted: boolean }
  tenant: Pick<TenantSummary, 'id' | 'slug' | 'status'>
  role: ApiKeyRole
  /** Null for an archived company; of a suspended one it only reads. */
  grant: TenantGrant | null
}

/** Key → tenant → data source version, in one prepared query. */
export const liveKey = statement<{ keyHash: Uint8Array }, LiveKey>((db) =>
  selectLiveKeys(db, eq(apiKeys.keyHash, sql.placeholder('keyHash'))),
)

/** For work that a program has asked for. */
export const liveKeyById = statement<{ id: ApiKeyId }, LiveKey>((db) =>
  selectLiveKeys(db, eq(apiKeys.id, sql.placeholder('id'))),
)

function selectLiveKeys(db: LeasedDrizzle, which: SQL) {
  return db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      role: apiKeys.role,
      isDueToBeNoted: sql<unknown>`coalesce(${apiKeys.lastUsedAt} < now() - interval '1 minute', true)`,
      tenantId: tenants.id,
      slug: tenants.slug,
      status: tenants.status,
      dataSourceVersion: tenants.dataSourceVersion,
      roleAccess: tenants.roleAccess,
    })
    .from(apiKeys)
    .innerJoin(tenants, eq(tenants.id, apiKeys.tenantId))
    .where(and(which, isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`))))
}

type LiveKey = {
  id: ApiKeyId
  name: string
  role: ApiKeyRole
  isDueToBeNoted: unknown
  tenantId: TenantSummary['id']
  slug: string
  status: TenantSummary['status']
  dataSourceVersion: number
  roleAccess: Partial<Record<Role, RecordAccess>> | null
}

export function holderFrom(row: LiveKey, requestId: string): KeyHolder {
  const { id, name, role, tenantId, slug, status, dataSourceVersion } = row
  const limited = { userId: ownerIdOf(id), role, roleAccess: row.roleAccess ?? {}, ownAccess: {}, team: [] }
  const grant =
    status === 'archived'
      ? null
      : mintGrant({
          tenantId,
          tenantSlug: slug,
          tenantStatus: status,
          dataSourceVersion,
          requestId,
          principal: { kind: 'api_key', id, name },
          role,
          access: status === 'active' ? 'write' : 'read',
          limits: rowLimitsOf(limited),
          exportLimits: exportLimitsOf(limited),
          login: 'serving',
        })
  return {
    key: { id, name, isDueToBeNoted: truth(row.isDueToBeNoted) },
    tenant: { id: tenantId, slug, status },
    role,
    grant,
  }
}

/** What is «own» for a key: records that were given to it, which nobody does unless they name it as an owner. */
function ownerIdOf(id: ApiKeyId): UserId {
  return id as string as UserId
}
