import { instant } from '@tenantry/connections/columns'
import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'

/** What the last check of each tenant's database found; the check before is overwritten. */
export const tenantChecks = app.table(
  'tenant_checks',
  {
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .primaryKey()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    checkedAt: instant('checked_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    success: boolean('success').notNull(),
    code: text('code'),
    message: text('message'),
    milliseconds: integer('milliseconds').notNull(),
    schemaVersion: text('schema_version'),
    serverVersion: text('server_version'),
    databaseBytes: bigint('database_bytes', { mode: 'number' }),
  },
  (t) => [index('tenant_checks_checked_at').on(t.checkedAt)],
)
