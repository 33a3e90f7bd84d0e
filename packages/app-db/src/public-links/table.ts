import { bytes, instant } from '@tenantry/connections/columns'
import type { TenantId } from '@tenantry/contracts/ids'
import { LinkKind } from '@tenantry/contracts/public-links'
import { sql } from 'drizzle-orm'
import { check, index, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'

/**
 * Which company a public link leads to, and until when. Which document it opens stands in that company's own database,
 * under another hash of the same token: neither database alone can tell a link from its hash, nor one hash from the other.
 */
export const publicLinks = app.table(
  'public_links',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: LinkKind.options as ['quote', 'contract', 'invoice'] }).notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    check('public_links_kind', sql`kind in ('quote', 'contract', 'invoice')`),
    check('public_links_token_hash', sql`octet_length(token_hash) = 32`),
    index('public_links_expires_at').on(t.expiresAt),
  ],
)
