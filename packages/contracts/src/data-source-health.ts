/**
 * healthy: answers, proves to be the tenant's, in time. degraded: answers slowly, or a replica is of no use. behind: lacks
 * a migration of this release. refused: a login, credential or database that is not the tenant's. unreachable: no answer.
 */
export type DataSourceState = 'healthy' | 'degraded' | 'behind' | 'refused' | 'unreachable'

export interface ReplicaHealth {
  /** `host:port`. */
  address: string
  region: string
  state: 'healthy' | 'lagging' | 'refused' | 'unreachable'
  /** Bytes of the primary's log that it had not replayed when it was looked at. */
  lagBytes: number | null
}

/** How a data source was when it was last looked at. */
export interface DataSourceHealth {
  state: DataSourceState
  /** Instants. */
  since: string
  checkedAt: string
  code: string | null
  connectMs: number | null
  queryMs: number | null
  schemaVersion: string | null
  serverVersion: string | null
  replicas: ReplicaHealth[]
}
