import { grantFacts } from '@tenantry/app-db/grants'
import type {
  AppDb,
  DataSourceRecord as StoredDataSource,
  HealthRounds,
  Principal,
  TenantGrant,
} from '@tenantry/app-db/types'
import type { TenantId } from '@tenantry/contracts/ids'
import { asApplicationFailure } from '@tenantry/errors/application-database'
import { Doorbell } from './doorbell.ts'
import type { DataSourceRecord, GrantDesk } from './grant-desk.ts'
import type { HealthSource } from './health/checker.ts'

/** The application database as the manager sees it. */
export function openApplicationDesk(appDb: AppDb): GrantDesk<TenantGrant> {
  const doorbell = new Doorbell({ ring: (tenantId) => appDb.webhookEndpoints.ring(tenantId as TenantId) })
  return {
    wrote: (tenantId) => doorbell.wrote(tenantId),
    close: () => doorbell.close(),
    facts(grant) {
      const { tenantId, principal, access, login, dataSourceVersion, requestId, expiresAt, ...facts } =
        grantFacts(grant)
      const { limits, exportLimits } = facts
      return {
        tenantId,
        access,
        login,
        limits,
        exportLimits,
        actor: { ...whoWrites(principal), requestId },
        dataSourceVersion,
        expiresAt: new Date(expiresAt),
      }
    },
    async dataSource(grant) {
      return recordFrom(await appDb.dataSources.forGrant(grant).catch(named))
    },
    async reportRefusal(grant, { code, reason }) {
      const { principal, tenantId, requestId } = grantFacts(grant)
      const detail = reason === undefined ? { code } : { code, reason }
      await appDb.audit.record({ principal, tenantId, requestId, action: 'data_source.refused', detail })
    },
  }
}

/** In whose turn it is to look at a data source, as the checker sees it. */
export function openHealthSource(rounds: HealthRounds): HealthSource {
  return {
    async take(ask) {
      const { turns, nextInMs } = await rounds.take(ask)
      return {
        turns: turns.map((turn) => ({
          ...turn,
          dataSource: async () => recordFrom(await turn.dataSource().catch(named)),
        })),
        nextInMs,
      }
    },
  }
}

function recordFrom({ poolConfig, sealedSupportKey, ...record }: StoredDataSource): DataSourceRecord {
  const { serviceRole: _, supportRole, readOnlyFallback = false, ...pool } = poolConfig
  if (supportRole === undefined || sealedSupportKey === null) return { ...record, readOnlyFallback, pool }
  return { ...record, readOnlyFallback, pool, support: { role: supportRole, sealedKey: sealedSupportKey } }
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
