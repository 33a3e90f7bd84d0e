import { bytes, instant } from '@tenantry/connections/columns'
import type { ApiKeyRole } from '@tenantry/contracts/api-keys'
import type { ApiKeyId, TenantId, UserId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, index, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/** By which programs come in. Only a hash of the key is kept. */
export const apiKeys = app.table(
  'api_keys',
  {
    id: uuid('id').$type<ApiKeyId>().primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    role: text('role').$type<ApiKeyRole>().notNull(),
    /** SHA-256; the key has 256 random bits, so no salt is needed. */
    keyHash: bytes('key_hash').notNull().unique(),
    hint: text('hint').notNull(),
    createdBy: uuid('created_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    check('api_keys_role', sql`role in ('admin', 'member', 'read_only')`),
    check('api_keys_key_hash', sql`octet_length(key_hash) = 32`),
    check('api_keys_name', sql`length(name) between 1 and 100`),
    index('api_keys_by_tenant').on(t.tenantId, t.createdAt),
    index('api_keys_by_creator').on(t.createdBy),
  ],
)
