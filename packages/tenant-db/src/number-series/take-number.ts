import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { NumberSeriesKey } from '@tenantry/contracts/number-series'
import { sql } from 'drizzle-orm'
import { today } from '../company/table.ts'
import { found } from '../records/found.ts'
import { numberSeries } from './table.ts'

/**
 * The next number of a series. It is taken with the transaction: one that rolls back gives it back, and whoever wants the
 * next one waits until then, so that no number is missing. Take it as late as possible.
 */
export async function takeNumber(executor: Executor, key: NumberSeriesKey): Promise<string> {
  const [row] = await executor.run(take, { key, prefix: prefixes[key] })
  const { value, prefix, pad, reset, period } = found(row)
  const digits = String(value).padStart(pad, '0')
  return reset === 'yearly' ? `${prefix}${period}-${digits}` : `${prefix}${digits}`
}

/** As long as nobody chose others. */
export const prefixes: Record<NumberSeriesKey, string> = {
  quote: 'Q-',
  contract: 'C-',
  invoice: 'INV-',
  credit_note: 'CN-',
}

/**
 * A transaction that began before midnight may come after one that began in the new year: it takes a number of the new
 * year too, since going back would begin that year twice.
 */
const year = sql`to_char(${today}, 'YYYY')`
const isNewYear = sql`s.reset = 'yearly' and coalesce(s.period, '') < excluded.period`

type Taken = { value: number; prefix: string; pad: number; reset: 'never' | 'yearly'; period: string }
const take = statement<{ key: string; prefix: string }, Taken>((db) =>
  db.execute<Taken>(sql`
    insert into ${numberSeries} as s (key, prefix, next_value, period)
    values (${sql.placeholder('key')}, ${sql.placeholder('prefix')}, 2, ${year})
    on conflict (tenant_id, key) do update set
      next_value = case when ${isNewYear} then 2 else s.next_value + 1 end,
      period = greatest(s.period, excluded.period)
    returning (s.next_value - 1)::integer as value, s.prefix, s.pad, s.reset, s.period`),
)
