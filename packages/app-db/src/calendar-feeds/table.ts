import { bytes, instant } from '@tenantry/connections/columns'
import type { CalendarFeedId, TenantId, UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, foreignKey, index, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { memberships } from '../memberships/table.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/** By which calendars read a company's dates: those of one member, or all of them. Only a hash of the token is kept. */
export const calendarFeeds = app.table(
  'calendar_feeds',
  {
    id: uuid('id').$type<CalendarFeedId>().primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    /** The member whose eyes it has; null for the company's. */
    userId: uuid('user_id').$type<UserId>(),
    name: text('name').notNull(),
    /** SHA-256; the token has 256 random bits, so no salt is needed. */
    tokenHash: bytes('token_hash').notNull().unique(),
    createdBy: uuid('created_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    rotatedAt: instant('rotated_at')
      .notNull()
      .default(sql`now()`),
    lastReadAt: instant('last_read_at'),
  },
  (t) => [
    check('calendar_feeds_token_hash', sql`octet_length(token_hash) = 32`),
    check('calendar_feeds_name', sql`length(name) between 1 and 100`),
    foreignKey({
      name: 'calendar_feeds_member_fk',
      columns: [t.tenantId, t.userId],
      foreignColumns: [memberships.tenantId, memberships.userId],
    }).onDelete('cascade'),
    index('calendar_feeds_by_tenant').on(t.tenantId, t.userId),
    index('calendar_feeds_by_creator').on(t.createdBy),
  ],
)
