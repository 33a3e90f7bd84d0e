import type { PoolOptions } from '@tenantry/connections/pool'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { HealthFinding } from '@tenantry/contracts/data-source-health'
import type { LimitedKind } from '@tenantry/contracts/record-access'
import type { WriteMark } from '@tenantry/contracts/write-mark'
import type { Keyring } from '@tenantry/credentials/keyring'
import type { Logger } from '@tenantry/telemetry/logger'
import type { TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import type { GrantDesk } from './grant-desk.ts'
import type { HealthOptions } from './health/checker.ts'
import type { Reading } from './read-placement.ts'
import type { ShareSource } from './server-budget.ts'
import type { DataSourceStatistics } from './statistics.ts'
import type { ChangeSource } from './tenant-watch.ts'

/** The only door to a tenant's database. */
export interface Manager<Grant extends object> extends AsyncDisposable {
  /**
   * Reads, each statement by itself, from a replica nearby where there is one. The handle is dead when `work` ends
   * (HANDLE_CLOSED). Throws TENANT_DATABASE_*.
   */
  withTenant<T>(grant: Grant, work: (db: TenantReader) => Promise<T>, reading?: TenantReading): Promise<T>
  /**
   * One transaction. Throws TENANT_SUSPENDED for a grant that only reads, FORBIDDEN for one of support access,
   * TENANT_DATABASE_MOVED when the data source has changed since the grant was minted.
   */
  withTenantWriter<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T>
  /**
   * The same for work of one statement, which is committed when its promise resolves: one round trip instead of two. A
   * second statement is refused (HANDLE_CLOSED).
   */
  withTenantStatement<T>(grant: Grant, work: (db: TenantDb) => Promise<T>, writing?: Writing): Promise<T>
  /** Connects anew, step by step; a failure is a result, not an exception. */
  testTenantConnection(grant: Grant): Promise<DataSourceView['test']>
  /** Where the tenant's data lives and how it is, with a fresh test. Throws TENANT_DATABASE_NOT_CONFIGURED. */
  getTenantConnectionInfo(grant: Grant): Promise<DataSourceView>
  /** The same, with what it says about the state of the data source and of its replicas. */
  examine(grant: Grant): Promise<{ view: DataSourceView; finding: HealthFinding }>
  /** What this process has counted and holds. Cheap enough to be asked every second. */
  statistics(): DataSourceStatistics
  /** Forgets what is known of the grant's tenant; work under way ends undisturbed. */
  clearTenantCache(grant: Grant): Promise<void>
  clearAllCaches(): Promise<void>
  /** Waits for the work under way. */
  close(): Promise<void>
}

/** What work asks of the database beyond what every database has that is served. */
export interface Needs {
  /** A migration; without it in the database the work is not begun, and TENANT_SCHEMA_BEHIND is the answer. */
  requires?: string | undefined
}

export interface TenantReading extends Reading, Needs {
  /**
   * Rows of this kind are taken away as a file: of others than the member may save, none is read. Throws FORBIDDEN when they may
   * save none at all.
   */
  exporting?: LimitedKind | 'everybodys' | undefined
}

export interface Writing extends Needs {
  /** Told after the commit, where there are replicas: what the writer's next reads must see. */
  onWritten?: (mark: WriteMark) => void
  /** Nothing that others would be told of. */
  isUntold?: true
}

export interface ManagerOptions<Grant extends object> {
  desk: GrantDesk<Grant>
  keyring: Keyring
  logger: Logger
  /** Left out, changes made elsewhere are known by the grants alone. */
  changes?: ChangeSource
  /** How long a change stays unnoticed when its notification was lost. Default 500. */
  pollEveryMs?: number
  /** Left out, each tenant's own bounds are the only ones. */
  budget?: { source: ShareSource; mostPerServer: number }
  /** Where this process runs; reads go to replicas of the same region. */
  region?: string
  /** For what a tenant's own `connection_pool_config` does not say. */
  pool?: Omit<PoolOptions, 'prove' | 'permits'>
  /** Tenants with open pools at most; beyond it the least recently used one goes. Default 500. */
  maxPools?: number
  /** Default 5,000. */
  breakerHalfOpenAfterMs?: number
  /** An opened data source is read again after this. Default 5 minutes. */
  configTtlMs?: number
  /** A tenant's pool is closed this long after its last use. Default 1 hour. */
  poolTtlMs?: number
  /** How often what is over is looked for. Default 10 minutes. */
  cleanUpEveryMs?: number
  /** Left out, this process looks at no data source unless it is asked to. */
  health?: HealthOptions
}
