import type { LeasedDrizzle } from './leased-drizzle.ts'
import type { Statement } from './statement.ts'

/** What a repository is given: Drizzle without transactions, prepared statements, savepoints inside a transaction. */
export interface Executor {
  /** Queries built on the spot. What runs often is a `statement`. */
  readonly db: LeasedDrizzle
  /** Runs a prepared statement. Several at once inside one transaction share a round trip. */
  run<P extends Record<string, unknown>, R>(statement: Statement<P, R>, parameters: P): Promise<R[]>
  /** A part of the transaction that can fail alone; the outer executor rests meanwhile. Refused outside a transaction. */
  savepoint<T>(work: (tx: Executor) => Promise<T>): Promise<T>
}
