import type { AppDb, ConnectionShares, HealthRounds, TenantChanges, TenantGrant } from '@tenantry/app-db/types'
import type { Keyring } from '@tenantry/credentials/keyring'
import type { Logger } from '@tenantry/telemetry/logger'
import { openApplicationDesk, openHealthSource } from './application-desk.ts'
import type { HealthOptions } from './health/checker.ts'
import { openManager, type Manager } from './manager.ts'

export type { CalendarDate, TenantDb, TenantReader } from '@tenantry/tenant-db/types'
export type { Reading } from './read-placement.ts'
export type { Writing } from './manager.ts'
export type { LatencyView } from './latency.ts'
export type { ClassStatistics, DataSourceStatistics, ServerStatistics, TenantStatistics } from './statistics.ts'
export type { TenantGrant } from '@tenantry/app-db/types'

/** The only door to a tenant's database: a grant goes in, a handle comes out. */
export type DataSources = Manager<TenantGrant>

export interface DataSourcesOptions {
  appDb: AppDb
  keyring: Keyring
  logger: Logger
  /** What a server process needs to hear of changes within a second; a command that is over soon does without. */
  changes?: Pick<TenantChanges, 'since'> & { listen(onHint: () => void): { close(): Promise<void> } }
  /** How long a change stays unnoticed when its notification was lost. Default 500. */
  pollEveryMs?: number
  /** Connections to one server, of all processes together, and where they agree on them. */
  budget?: { source: ConnectionShares; mostPerServer: number }
  /** Where this process runs; reads go to replicas of the same region. */
  region?: string
  /** Left out, this process looks at no data source unless it is asked to. */
  health?: { rounds: HealthRounds } & Omit<HealthOptions, 'source'>
}

/** Connects to no tenant's database before the first grant, except to look how it is where that is asked for. */
export function openDataSources({ appDb, health, ...options }: DataSourcesOptions): DataSources {
  const checking = health && { health: { ...health, source: openHealthSource(health.rounds) } }
  return openManager({ desk: openApplicationDesk(appDb), ...options, ...checking })
}
