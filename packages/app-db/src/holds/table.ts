import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { index } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenantKey } from '../tenants/key.ts'

/**
 * When it is looked next which holds of a tenant are over. What they are stands in the tenant's own database alone, so each
 * active tenant is visited now and then, and in time for the next hold that such a visit has seen. One without a row has
 * not been visited yet.
 */
export const holdsDue = app.table(
  'holds_due',
  {
    tenantId: tenantKey(),
    dueAt: instant('due_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index('holds_due_due_at').on(t.dueAt)],
)
