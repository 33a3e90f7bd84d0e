import type { Executor } from '@tenantry/connections/database'
import type { Statement } from '@tenantry/connections/statement'
import type { LimitedKind } from '@tenantry/contracts/record-access'
import type { RowLimits } from './limits.ts'

/**
 * An executor whose statements run within limits, and which says so: what is limited is asked differently, for speed alone.
 * The limits themselves are held by the transaction and the policies.
 */
export class LimitedExecutor implements Executor {
  readonly #executor: Executor
  readonly #limits: RowLimits

  constructor(executor: Executor, limits: RowLimits) {
    this.#executor = executor
    this.#limits = limits
  }

  get db() {
    return this.#executor.db
  }

  run<P extends Record<string, unknown>, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    return this.#executor.run(statement, parameters)
  }

  savepoint<T>(work: (tx: Executor) => Promise<T>): Promise<T> {
    return this.#executor.savepoint((inner) => work(new LimitedExecutor(inner, this.#limits)))
  }

  limits(kind: LimitedKind): boolean {
    return this.#limits.see[kind] !== undefined
  }
}
