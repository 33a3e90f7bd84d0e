import type { LeasedDrizzle } from './leased-drizzle.ts'

/** A query that is built once and run many times; made by `statement`. */
export class Statement<P extends Record<string, unknown>, R> {
  declare readonly parameters: (parameters: P) => R
}

/**
 * Builds a Drizzle query once, with `sql.placeholder('name')` for each parameter; running it costs no query building.
 * Rows come out as Drizzle maps them. The build runs at the first use, so a statement may stand at module level.
 */
export function statement<P extends Record<string, unknown>, R>(
  build: (db: LeasedDrizzle) => PromiseLike<readonly R[]>,
): Statement<P, R> {
  void build
  return new Statement<P, R>()
}
