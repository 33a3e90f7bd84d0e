import type { TenantryError } from '@tenantry/errors'
import { LinkPool } from './link-pool.ts'
import type { Permits } from './permits.ts'
import type { Target } from './target.ts'

export type { Permits, Sharing } from './permits.ts'

export interface PoolOptions {
  /** Physical connections at most. Default 8. */
  max?: number
  /** Callers waiting for a connection at most; the next one is answered DATABASE_BUSY at once. Default 200. */
  maxWaiting?: number
  /** Longest wait for a connection. Default 2,000. */
  acquireMs?: number
  /** Dialing, TLS, login and proof together. Default 2,000. */
  connectMs?: number
  /** Longest wait for the answer to one statement. Default 10,000. */
  statementMs?: number
  /** An idle connection is closed after this. Default 30,000. */
  idleMs?: number
  /** A connection is not used beyond this age. Default 1,800,000. */
  lifeMs?: number
  /** Runs on every new physical connection before its first use; throwing destroys it and fails whoever waited. */
  prove?: (link: ProvingLink) => Promise<void>
  /** Where several pools share the connections of one server. */
  permits?: Permits
}

/** A new physical connection, read-only, as the proof sees it. */
export interface ProvingLink {
  query<Row extends Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>
}

export interface PoolStats {
  open: number
  idle: number
  opening: number
  waiting: number
}

export interface Pool extends AsyncDisposable {
  stats(): PoolStats
  /**
   * DATABASE_BUSY when nobody else may wait for a connection, so that work can be refused before it is begun; undefined
   * otherwise.
   */
  refusal(): TenantryError | undefined
  /** No connection opened before now is lent again: the configuration or the schema changed. */
  retire(): void
  /**
   * Ends work under way: `transactions` those that have begun, `everything` also statements outside of one and whoever
   * waits, and refuses new work. Whoever was interrupted is told that the connection was lost.
   */
  interrupt(what: 'transactions' | 'everything'): void
  /** Refuses new work, waits for what is under way, then ends it. */
  close(): Promise<void>
}

/** A bounded pool of physical connections to one target. Connects when the first connection is asked for. */
export function openPool(target: Target, options: PoolOptions = {}): Pool {
  return new LinkPool(target, options)
}
