import { grantFacts } from '@tenantry/app-db/grants'
import type { AppDb, Principal, TenantGrant } from '@tenantry/app-db/types'
import { asApplicationFailure } from '@tenantry/errors/application-database'
import type { GrantDesk } from './grant-desk.ts'

/** The application database as the manager sees it. */
export function openApplicationDesk(appDb: AppDb): GrantDesk<TenantGrant> {
  return {
    facts(grant) {
      const { tenantId, principal, access, login, dataSourceVersion, requestId, expiresAt } = grantFacts(grant)
      return {
        tenantId,
        access,
        login,
        actor: { ...whoWrites(principal), requestId },
        dataSourceVersion,
        expiresAt: new Date(expiresAt),
      }
    },
    async dataSource(grant) {
      const { poolConfig, sealedSupportKey, ...record } = await appDb.dataSources.forGrant(grant).catch(named)
      const { serviceRole: _, supportRole, readOnlyFallback = false, ...pool } = poolConfig
      if (supportRole === undefined || sealedSupportKey === null) return { ...record, readOnlyFallback, pool }
      const support = { role: supportRole, sealedKey: sealedSupportKey }
      return { ...record, readOnlyFallback, pool, support }
    },
    async reportRefusal(grant, { code, reason }) {
      const { principal, tenantId, requestId } = grantFacts(grant)
      const detail = reason === undefined ? { code } : { code, reason }
      await appDb.audit.record({ principal, tenantId, requestId, action: 'data_source.refused', detail })
    },
  }
}

/** Here a lost connection is the application database's; further up it would pass for the tenant's. */
function named(error: unknown): never {
  throw asApplicationFailure(error)
}

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
