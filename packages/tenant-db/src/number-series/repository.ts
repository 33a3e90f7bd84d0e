import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { NumberSeriesKey, type NumberSeries, type NumberSeriesPatch } from '@tenantry/contracts/number-series'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { found } from '../records/found.ts'
import { numberSeries } from './table.ts'
import { prefixes, takeNumber } from './take-number.ts'

export class NumberSeriesReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** Every series, also one of which no number was taken yet. */
  async list(): Promise<NumberSeries[]> {
    const kept = await this.#executor.run(all, {})
    return NumberSeriesKey.options.map(
      (key) =>
        kept.find((series) => series.key === key) ?? {
          key,
          prefix: prefixes[key],
          pad: 4,
          reset: 'never',
          nextValue: 1,
        },
    )
  }
}

export class NumberSeriesWriter extends NumberSeriesReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    super(executor)
    this.#executor = executor
  }

  /** How numbers look from now on. Throws RULE_VIOLATED for a `nextValue` below the next one. */
  async change({ key, ...patch }: NumberSeriesPatch): Promise<NumberSeries> {
    const { prefix = null, pad = null, reset = null, nextValue = null } = patch
    await this.#executor.run(begin, { key, prefix: prefixes[key] })
    const [changed] = await this.#executor.run(change, { key, prefix, pad, reset, nextValue })
    if (changed === undefined) {
      throw new TenantryError('RULE_VIOLATED', {
        message: 'Numbers that were given out are not given out again: choose a higher one.',
        data: { field: 'nextValue' },
      })
    }
    return found(changed)
  }

  /** The next number; see `takeNumber`. */
  take(key: NumberSeriesKey): Promise<string> {
    return takeNumber(this.#executor, key)
  }
}

type Row = { [Field in keyof NumberSeries]: NumberSeries[Field] }
const columns = sql`key, prefix, pad, reset, next_value::integer as "nextValue"`
const all = statement<Record<string, never>, Row>((db) => db.execute<Row>(sql`select ${columns} from ${numberSeries}`))

const begin = statement<{ key: string; prefix: string }, never>((db) =>
  db.execute(sql`insert into ${numberSeries} (key, prefix) values (${sql.placeholder('key')}, ${sql.placeholder('prefix')})
    on conflict (tenant_id, key) do nothing`),
)

const nextValue = sql`${sql.placeholder('nextValue')}::bigint`
const change = statement<Record<string, unknown>, Row>((db) =>
  db.execute<Row>(sql`
    update ${numberSeries} set prefix = coalesce(${sql.placeholder('prefix')}::text, prefix),
      pad = coalesce(${sql.placeholder('pad')}::smallint, pad), reset = coalesce(${sql.placeholder('reset')}::text, reset),
      next_value = coalesce(${nextValue}, next_value)
    where key = ${sql.placeholder('key')} and coalesce(${nextValue} >= next_value, true) returning ${columns}`),
)
