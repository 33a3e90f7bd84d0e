import { instant } from '@tenantry/connections/columns'
import type { TeamId, TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'

/** Members who see each other's records where their role says so. A membership names its team, at most one. */
export const teams = app.table(
  'teams',
  {
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    id: uuid('id').$type<TeamId>().notNull(),
    name: text('name').notNull(),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), uniqueIndex('teams_name').on(t.tenantId, sql`lower(${t.name})`)],
)
