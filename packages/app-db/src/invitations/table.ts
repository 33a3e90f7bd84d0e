import { instant } from '@tenantry/connections/columns'
import type { TenantId, UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/** Links by which people choose their first password. Only a hash of the token is kept. */
export const invitations = app.table(
  'invitations',
  {
    id: uuid('id').primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 in base64url; the token has 256 bits, so no salt is needed. */
    tokenHash: text('token_hash').notNull().unique(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('invitations_one_open')
      .on(t.tenantId, t.userId)
      .where(sql`${t.acceptedAt} is null and ${t.revokedAt} is null`),
    index('invitations_by_user').on(t.userId),
  ],
)
