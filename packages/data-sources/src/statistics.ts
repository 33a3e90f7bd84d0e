import type { DataSourceView, Placement } from '@tenantry/contracts/data-source'
import type { ErrorCode } from '@tenantry/errors/codes'
import type { LatencyView } from './latency.ts'

/** What one process has counted since it started, and what it holds now. No secret, no address. */
export interface DataSourceStatistics {
  /** Opened data sources: a miss reads one from the application database. */
  configCache: { entries: number; hits: number; misses: number }
  /** Reading a data source and opening its credential. */
  opening: LatencyView
  pools: {
    entries: number
    /** Pools closed because they were too many, too old or outdated; never one in use. */
    evictions: number
  }
  breakers: { open: number; halfOpen: number; transitions: Record<BreakerState, number> }
  /** By placement; `unknown` holds the failures from before the data source was read. */
  classes: Record<DataSourceClass, ClassStatistics>
  /** Those that have a pool now. */
  tenants: TenantStatistics[]
}

export type DataSourceClass = Placement | 'unknown'
export type BreakerState = DataSourceView['breaker']['read']

export interface ClassStatistics {
  /** Dialing, TLS, login and proof of identity of a physical connection. */
  connect: LatencyView
  /** Pieces of work, with their wait for a connection. */
  read: LatencyView
  write: LatencyView
  /** Work that the server side failed, by code. */
  errors: Partial<Record<ErrorCode, number>>
}

export interface TenantStatistics {
  tenantId: string
  placement: Placement
  region: string
  pool: { max: number; open: number; idle: number; opening: number; waiting: number }
  breaker: DataSourceView['breaker']
}
