import { smallint } from 'drizzle-orm/pg-core'
import { currencyCode } from '../columns.ts'
import { inRange, isCurrency } from '../constraints.ts'
import { crm } from '../crm.ts'

/** Reference data without a tenant: how many decimals the minor unit of a currency has. */
export const currencies = crm.table(
  'currencies',
  { code: currencyCode('code').primaryKey(), exponent: smallint('exponent').notNull() },
  (t) => [isCurrency(t.code), inRange(t.exponent, 0, 4)],
)
