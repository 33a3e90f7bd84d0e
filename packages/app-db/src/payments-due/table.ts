import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { index } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenantKey } from '../tenants/key.ts'

/**
 * Whose payments through a provider may have stayed pending, without saying which or of how much. Known here before such a
 * payment is written, and until somebody has looked after it was: none is ever forgotten.
 */
export const paymentsDue = app.table(
  'payments_due',
  {
    tenantId: tenantKey(),
    /** Nobody has looked since. */
    since: instant('since')
      .notNull()
      .default(sql`now()`),
    /** When the newest was begun. */
    expectedAt: instant('expected_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index('payments_due_since').on(t.since)],
)
