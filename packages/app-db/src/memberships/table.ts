import { instant } from '@tenantry/connections/columns'
import type { TenantId, UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, index, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

export const memberships = app.table(
  'memberships',
  {
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    role: text('role', { enum: ['owner', 'admin', 'member', 'read_only'] }).notNull(),
    status: text('status', { enum: ['active', 'suspended', 'removed'] })
      .notNull()
      .default('active'),
    joinedAt: instant('joined_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    index('memberships_user_id').on(t.userId),
    check('memberships_role', sql`${t.role} in ('owner', 'admin', 'member', 'read_only')`),
    check('memberships_status', sql`${t.status} in ('active', 'suspended', 'removed')`),
  ],
)
