import { grantFacts } from '@tenantry/app-db/grants'
import type { AppDb, Principal, TenantGrant } from '@tenantry/app-db/types'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import type { GrantDesk } from './grant-desk.ts'

/** The application database as the manager sees it. */
export function openApplicationDesk(appDb: AppDb): GrantDesk<TenantGrant> {
  return {
    facts(grant) {
      const { tenantId, principal, access, dataSourceVersion, requestId, expiresAt } = grantFacts(grant)
      return {
        tenantId,
        access,
        actor: { ...whoWrites(principal), requestId },
        dataSourceVersion,
        expiresAt: new Date(expiresAt),
      }
    },
    async dataSource(grant) {
      const { poolConfig, ...record } = await appDb.dataSources.forGrant(grant).catch(asApplicationFailure)
      const { serviceRole: _, ...pool } = poolConfig
      return { ...record, pool }
    },
    async reportRefusal(grant, { code, reason }) {
      const { principal, tenantId, requestId } = grantFacts(grant)
      const detail = reason === undefined ? { code } : { code, reason }
      await appDb.audit.record({ principal, tenantId, requestId, action: 'data_source.refused', detail })
    },
  }
}

/** Here a lost connection is the application database's; further up it would pass for the tenant's. */
function asApplicationFailure(error: unknown): never {
  if (!isTenantryError(error) || !awayCodes.has(error.code)) throw error
  throw new TenantryError('APP_DATABASE_UNAVAILABLE', { cause: error, retryAfterSeconds: error.retryAfterSeconds ?? 2 })
}

const awayCodes = new Set<ErrorCode>(['CONNECTION_REFUSED', 'CONNECTION_LOST', 'DATABASE_BUSY', 'STATEMENT_TIMEOUT'])

function whoWrites(principal: Principal): { id: string | null; kind: Principal['kind'] } {
  switch (principal.kind) {
    case 'user':
      return { id: principal.userId, kind: 'user' }
    case 'api_key':
      return { id: principal.id, kind: 'api_key' }
    case 'operator':
    case 'system':
      return { id: null, kind: principal.kind }
  }
}
