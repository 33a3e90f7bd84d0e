import { grantFacts } from '@tenantry/app-db/grants'
import type { AppDb, Principal, TenantGrant } from '@tenantry/app-db/types'
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
        dataSourceVersion: String(dataSourceVersion),
        expiresAt: new Date(expiresAt),
      }
    },
    async dataSource(grant) {
      const { poolConfig, ...record } = await appDb.dataSources.forGrant(grant)
      return { ...record, maxConnections: poolConfig.max ?? defaultConnections }
    },
    async reportRefusal(grant, code) {
      const { principal, tenantId, requestId } = grantFacts(grant)
      await appDb.audit.record({ principal, tenantId, requestId, action: 'data_source.refused', detail: { code } })
    },
  }
}

const defaultConnections = 8

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
