import { instant } from '@tenantry/connections/columns'
import type { SupportAccessId, TenantId, UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, index, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/** That an operator may read in a tenant's CRM, why, and until when. Live until it expires or somebody ends it; never deleted. */
export const supportAccess = app.table(
  'support_access',
  {
    id: uuid('id').$type<SupportAccessId>().primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    operatorId: uuid('operator_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    operatorName: text('operator_name').notNull(),
    reason: text('reason').notNull(),
    openedAt: instant('opened_at')
      .notNull()
      .default(sql`now()`),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (t) => [
    index('support_access_tenant').on(t.tenantId, t.openedAt.desc()),
    check('support_access_reason', sql`length(btrim(${t.reason})) >= 10`),
    // The word of the application alone would not do: whatever asks, a reason counts for a working day at most.
    check(
      'support_access_expiry',
      sql`${t.expiresAt} > ${t.openedAt} and ${t.expiresAt} <= ${t.openedAt} + interval '8 hours'`,
    ),
    check('support_access_end', sql`(${t.endedAt} is null) = (${t.endedBy} is null)`),
  ],
)
