import { NumberSeriesKey, NumberSeriesReset } from '@tenantry/contracts/number-series'
import { sql } from 'drizzle-orm'
import { bigint, check, smallint, text } from 'drizzle-orm/pg-core'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { word } from '../word.ts'

/** Gap-free numbers of quotes, contracts and invoices, taken with `update … returning`. */
export const numberSeries = crm.table(
  'number_series',
  {
    ...tenantKey(),
    key: word('key', NumberSeriesKey.options).notNull(),
    prefix: text('prefix').notNull().default(''),
    pad: smallint('pad').notNull().default(4),
    nextValue: bigint('next_value', { mode: 'number' }).notNull().default(1),
    reset: word('reset', NumberSeriesReset.options).notNull().default('never'),
    period: text('period'),
  },
  (t) => [
    ...tenantRules('number_series', [t.tenantId, t.key]),
    check('number_series_next_value_check', sql`next_value > 0`),
    oneOf(t.key, NumberSeriesKey.options),
    oneOf(t.reset, NumberSeriesReset.options),
  ],
)
