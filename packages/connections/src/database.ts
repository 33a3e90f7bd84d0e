import type { Executor } from './executor.ts'
import type { Pool } from './pool.ts'

export type { Executor } from './executor.ts'
export type { LeasedDrizzle } from './leased-drizzle.ts'

export interface TransactionOptions {
  readOnly?: boolean
  isolation?: 'repeatable read' | 'serializable'
  /** From BEGIN to the end of the callback. Default 15,000. */
  timeoutMs?: number
}

export interface Database {
  /**
   * Statements outside a transaction: each atomic, on any connection, and refused by the server when it writes. Repeated
   * once when the connection proved dead before an answer.
   */
  readonly reader: Executor
  /**
   * One transaction on one connection. BEGIN travels with the first statement; the executor is dead when the callback
   * ends (HANDLE_CLOSED). Throws TRANSACTION_ROLLED_BACK when the server did not commit, COMMIT_UNKNOWN when the
   * connection was lost while committing.
   */
  transaction<T>(work: (tx: Executor) => Promise<T>, options?: TransactionOptions): Promise<T>
}

export function openDatabase(pool: Pool): Database {
  throw new Error(`not built yet ${pool.stats().open}`)
}
