import { instant } from '@tenantry/connections/columns'
import type { ApiKeyId, TenantId, UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, index, text, uuid } from 'drizzle-orm/pg-core'
import { apiKeys } from '../api-keys/table.ts'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/**
 * That somebody has asked for work on a file of rows, which lies with its contents in the tenant's database alone. It is done
 * in their name, so it ends with their membership. Like a mail that is due, it is known here before the tenant's transaction
 * commits.
 */
export const importWork = app.table(
  'import_work',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    batchId: uuid('batch_id').notNull(),
    userId: uuid('user_id')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'cascade' }),
    apiKeyId: uuid('api_key_id')
      .$type<ApiKeyId>()
      .references(() => apiKeys.id, { onDelete: 'cascade' }),
    operatorName: text('operator_name'),
    dueAt: instant('due_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    check('import_work_actor_check', sql`num_nonnulls(user_id, api_key_id, operator_name) = 1`),
    index('import_work_due').on(t.dueAt),
  ],
)
