import { instant } from '@tenantry/connections/columns'
import type { SessionId, SupportAccessId, TenantId, UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { index, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { supportAccess } from '../support-access/table.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

export const sessions = app.table(
  'sessions',
  {
    id: uuid('id').$type<SessionId>().primaryKey(),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The company worked in; a wish until the membership is read. */
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .references(() => tenants.id, { onDelete: 'set null' }),
    /** While it is set, the session works in that company through support access and through nothing else. */
    supportAccessId: uuid('support_access_id')
      .$type<SupportAccessId>()
      .references(() => supportAccess.id, { onDelete: 'set null' }),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    lastSeenAt: instant('last_seen_at')
      .notNull()
      .default(sql`now()`),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    userAgent: text('user_agent'),
  },
  (t) => [
    index('sessions_user_id')
      .on(t.userId)
      .where(sql`${t.endedAt} is null`),
    index('sessions_tenant_id').on(t.tenantId),
  ],
)
