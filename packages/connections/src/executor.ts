import { TenantryError } from '@tenantry/errors'
import { forgiving } from './forgiving.ts'
import { leaseDrizzle, type LeasedDrizzle } from './leased-drizzle.ts'
import type { Send } from './plan.ts'
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

/** An executor whose statements take the way `send`, and whose failures are TenantryErrors. */
export function executorOver(send: Send, savepoint: Executor['savepoint'] = refuseSavepoint): Executor {
  let drizzle: LeasedDrizzle | undefined
  return {
    get db() {
      return (drizzle ??= leaseDrizzle(send))
    },
    run(statement, parameters) {
      return forgiving(statement.send(send, parameters))
    },
    savepoint,
  }
}

function refuseSavepoint(): Promise<never> {
  return Promise.reject(new TenantryError('INTERNAL', { detail: { reason: 'a savepoint needs a transaction' } }))
}
