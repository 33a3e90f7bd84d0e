import { z } from 'zod'
import { Instant } from './scalars.ts'

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

export const ReplicaHealth = z.object({
  /** `host:port`. */
  address: z.string(),
  region: z.string(),
  state: z.enum(['healthy', 'lagging', 'refused', 'unreachable']),
  /** Bytes of the primary's log that it had not replayed when it was looked at. */
  lagBytes: z.number().nullable(),
})
export type ReplicaHealth = z.infer<typeof ReplicaHealth>

/** What one look at a data source found, on a connection of its own. */
export const HealthFinding = z.object({
  state: DataSourceState,
  checkedAt: Instant,
  /** Error code and public sentence, when something is wrong. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** From opening the credential to the answer of the first query, or to the failure. */
  milliseconds: z.number(),
  schemaVersion: z.string().nullable(),
  serverVersion: z.string().nullable(),
  /** Of the whole database: in a shared one the neighbours are counted too. Of a look that did not ask, null; kept is the last one. */
  databaseBytes: z.number().nullable(),
  replicas: z.array(ReplicaHealth),
})
export type HealthFinding = z.infer<typeof HealthFinding>

/** How a data source was when it was last looked at. */
export const DataSourceHealth = HealthFinding.extend({
  /** It has been in this state ever since. */
  since: Instant,
})
export type DataSourceHealth = z.infer<typeof DataSourceHealth>

/** How many data sources are in each state; `unchecked` those that nobody has looked at yet. */
export interface HealthCounts {
  states: Record<DataSourceState | 'unchecked', number>
  /** How long the look that is due longest has been due; 0 when none is. */
  overdueSeconds: number
}
