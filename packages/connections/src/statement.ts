import type { PgRaw } from 'drizzle-orm/pg-core/query-builders/raw'
import { leaseDrizzle, LeasedQuery, type LeasedDrizzle } from './leased-drizzle.ts'
import { compilePlan, runPlan, type Plan, type Send } from './plan.ts'

/**
 * Builds a Drizzle query once, with `sql.placeholder('name')` for each parameter; running it costs no query building.
 * Rows come out as Drizzle maps them; those of `db.execute(sql…)` as objects of their column names. The build runs at
 * the first use, so a statement may stand at module level.
 */
export function statement<P extends Record<string, unknown>, R>(
  build: (db: LeasedDrizzle) => PromiseLike<readonly R[]>,
): Statement<P, R> {
  return new Statement<P, R>(build)
}

/** A query that is built once and run many times; made by `statement`, run by `executor.run`. */
export class Statement<P extends Record<string, unknown>, R> {
  readonly #build: (db: LeasedDrizzle) => PromiseLike<readonly R[]>
  #plan: Plan | undefined

  constructor(build: (db: LeasedDrizzle) => PromiseLike<readonly R[]>) {
    this.#build = build
  }

  /** Rejects with INTERNAL when a placeholder has no value, with TypeError when no query was built. */
  async send(send: Send, parameters: P): Promise<R[]> {
    this.#plan ??= planOf(this.#build(builder))
    // The builder's row type is the statement's.
    return (await runPlan(this.#plan, send, parameters)) as R[]
  }
}

const builder = leaseDrizzle(() => Promise.reject(new TypeError('a statement is built here, not run')))

function planOf(query: object): Plan {
  if ('prepare' in query && typeof query.prepare === 'function') {
    const prepared = (query.prepare as (name: string) => unknown).call(query, 'statement')
    if (prepared instanceof LeasedQuery) return prepared.plan
  }
  if ('getQuery' in query && typeof query.getQuery === 'function') {
    return compilePlan((query as PgRaw<unknown>).getQuery(), undefined, undefined)
  }
  throw new TypeError('a statement must return a Drizzle query that was not awaited')
}
