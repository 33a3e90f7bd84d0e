import type { DataSourceView, Placement } from '@tenantry/contracts/data-source'
import type { DataSourceState } from '@tenantry/contracts/data-source-health'
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
  /** This process's part of the connections that all processes share, by server; empty without a budget. */
  servers: ServerStatistics[]
  breakers: { open: number; halfOpen: number; transitions: Record<BreakerState, number> }
  /** By placement; `unknown` holds the failures from before the data source was read. */
  classes: Record<DataSourceClass, ClassStatistics>
  /** What this process's looks at data sources have found, by state. */
  healthChecks: Partial<Record<DataSourceState, number>>
  /** One for each pool there is now. */
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
  /** Reads that a standby answered, among all. */
  readFromReplica: number
  /** Work that the server side failed, by code. */
  errors: Partial<Record<ErrorCode, number>>
}

export interface ServerStatistics {
  /** `host:port`. */
  server: string
  /** Of all processes together. */
  most: number
  /** For this process, as last agreed. */
  allowed: number
  open: number
  /** Tenants that wait for a connection. */
  waiting: number
  /** Connections closed because another tenant needed one. */
  evictions: number
}

export interface TenantStatistics {
  tenantId: string
  placement: Placement
  region: string
  /** `primary`, `host:port` of a standby that is read from, or `support` while somebody looks into the tenant. */
  to: string
  pool: { max: number; open: number; idle: number; opening: number; waiting: number }
  breaker: DataSourceView['breaker']
}
