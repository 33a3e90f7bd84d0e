import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { text } from 'drizzle-orm/pg-core'
import { currencyCode } from '../columns.ts'
import { isCurrency, isTimeZone, notBlank } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'

/** The tenant itself, one row: a projection of its settings in the application database, kept in step from there. */
export const company = crm.table(
  'company',
  {
    ...tenantKey(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    locale: text('locale').notNull(),
    currency: currencyCode('currency').notNull(),
    syncedAt: instant('synced_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [...tenantRules('company', [t.tenantId]), notBlank(t.name), isTimeZone(t.timeZone), isCurrency(t.currency)],
)

/** The day it is where the company is. Row security leaves its own row, or none before it was first projected. */
export const today = sql<string>`(now() at time zone coalesce((select c.time_zone from ${company} c), 'UTC'))::date`
