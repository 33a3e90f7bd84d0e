import { instant } from '@tenantry/connections/columns'
import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { index, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'

/**
 * In whose outbox a mail waits; what it says stands there alone. Known here before that transaction commits: a mail of a
 * transaction that failed is looked for in vain, and none that was written is ever forgotten.
 */
export const mailDue = app.table(
  'mail_due',
  {
    outboxId: uuid('outbox_id').primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index('mail_due_created_at').on(t.createdAt)],
)
