import type { AppDb, TenantGrant } from '@tenantry/app-db/types'
import type { Keyring } from '@tenantry/credentials/keyring'
import type { Logger } from '@tenantry/telemetry/logger'
import { openApplicationDesk } from './application-desk.ts'
import { openManager, type Manager } from './manager.ts'

export type { TenantDb, TenantReader } from '@tenantry/tenant-db/types'
export type { LatencyView } from './latency.ts'
export type { ClassStatistics, DataSourceStatistics, TenantStatistics } from './statistics.ts'
export type { TenantGrant } from '@tenantry/app-db/types'

/** The only door to a tenant's database: a grant goes in, a handle comes out. */
export type DataSources = Manager<TenantGrant>

/** Connects to nothing before the first grant. Budgets over the fleet and replicas join here as further options. */
export function openDataSources({
  appDb,
  keyring,
  logger,
}: {
  appDb: AppDb
  keyring: Keyring
  logger: Logger
}): DataSources {
  return openManager({ desk: openApplicationDesk(appDb), keyring, logger })
}
