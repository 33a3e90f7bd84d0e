import { z } from 'zod'

/**
 * healthy: answers, proves to be the tenant's, in time. degraded: answers slowly, is out of connections, or a replica is of
 * no use. behind: lacks a migration of this release. refused: a login, credential or database that is not the tenant's.
 * unreachable: no answer.
 */
export const DataSourceState = z.enum(['healthy', 'degraded', 'behind', 'refused', 'unreachable'])
export type DataSourceState = z.infer<typeof DataSourceState>

/** Whether requests of the tenant cannot be answered. */
export function isDown(state: DataSourceState): boolean {
  return state === 'refused' || state === 'unreachable'
}

export interface ReplicaHealth {
  /** `host:port`. */
  address: string
  region: string
  state: 'healthy' | 'lagging' | 'refused' | 'unreachable'
  /** Bytes of the primary's log that it had not replayed when it was looked at. */
  lagBytes: number | null
}

/** What one look at a data source found, on a connection of its own. */
export interface HealthFinding {
  state: DataSourceState
  /** Instant. */
  checkedAt: string
  /** Error code and public sentence, when something is wrong. */
  code: string | null
  message: string | null
  /** From opening the credential to the answer of the first query, or to the failure. */
  milliseconds: number
  schemaVersion: string | null
  serverVersion: string | null
  /** Of the whole database: in a shared one the neighbours are counted too. Of a look that did not ask, null; kept is the last one. */
  databaseBytes: number | null
  replicas: ReplicaHealth[]
}

/** How a data source was when it was last looked at. */
export interface DataSourceHealth extends HealthFinding {
  /** Instant: it has been in this state ever since. */
  since: string
}

/** How many data sources are in each state; `unchecked` those that nobody has looked at yet. */
export interface HealthCounts {
  states: Record<DataSourceState | 'unchecked', number>
  /** How long the look that is due longest has been due; 0 when none is. */
  overdueSeconds: number
}
