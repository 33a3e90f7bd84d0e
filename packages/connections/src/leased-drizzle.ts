import { NoopCache } from 'drizzle-orm/cache/core'
import type { Query } from 'drizzle-orm'
import { PgDialect, PgPreparedQuery, PgSession, type PreparedQueryConfig } from 'drizzle-orm/pg-core'
import type { SelectedFieldsOrdered } from 'drizzle-orm/pg-core/query-builders/select.types'
import { PgRemoteDatabase, type PgRemoteQueryResultHKT } from 'drizzle-orm/pg-proxy'
import { forgiving } from './forgiving.ts'
import { compilePlan, runPlan, type Plan, type Send } from './plan.ts'

/** Drizzle without a way to open transactions or to reach the session beneath. */
export type LeasedDrizzle = Omit<
  PgRemoteDatabase<Record<string, never>>,
  'transaction' | 'session' | 'dialect' | '$cache' | '_' | 'query'
>

/** Drizzle whose queries go through `send`. */
export function leaseDrizzle(send: Send): LeasedDrizzle {
  return new PgRemoteDatabase(dialect, new LeasedSession(send), undefined)
}

const dialect = new PgDialect()

/**
 * Like the session of `drizzle-orm/pg-proxy`, without its wrapper around errors, whose message is the SQL and the
 * values, and without its transactions.
 */
class LeasedSession extends PgSession<PgRemoteQueryResultHKT> {
  readonly #send: Send

  constructor(send: Send) {
    super(dialect)
    this.#send = send
  }

  prepareQuery<T extends PreparedQueryConfig>(query: Query, fields: SelectedFieldsOrdered | undefined): LeasedQuery<T> {
    return new LeasedQuery(query, fields, this.#send)
  }

  transaction(): Promise<never> {
    return Promise.reject(new TypeError('a transaction is opened on the database, not on a handle'))
  }
}

const noCache = new NoopCache()

/** A built query; what it takes to run it is compiled at the first use, when Drizzle has filled in its joins. */
export class LeasedQuery<T extends PreparedQueryConfig = PreparedQueryConfig> extends PgPreparedQuery<T> {
  /** Set by Drizzle after construction: for each joined table, whether its rows always exist. */
  declare joinsNotNullableMap?: Record<string, boolean>
  readonly #fields: SelectedFieldsOrdered | undefined
  readonly #send: Send
  #plan: Plan | undefined

  constructor(query: Query, fields: SelectedFieldsOrdered | undefined, send: Send) {
    super(query, noCache, undefined)
    this.#fields = fields
    this.#send = send
  }

  get plan(): Plan {
    return (this.#plan ??= compilePlan(this.getQuery(), this.#fields, this.joinsNotNullableMap))
  }

  execute(parameters: Record<string, unknown> = {}): Promise<T['execute']> {
    return forgiving(runPlan(this.plan, this.#send, parameters))
  }
}
