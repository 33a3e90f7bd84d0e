import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'

/** Physical standbys of a tenant's database: the same role, password and database at another address. */
export const dataSourceReplicas = app.table(
  'data_source_replicas',
  {
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    /** Host, port and TLS mode; role and database are those of the data source. */
    url: text('url').notNull(),
    region: text('region').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.url] }),
    check('data_source_replicas_url_has_no_login', sql`${t.url} !~ '@'`),
  ],
)
