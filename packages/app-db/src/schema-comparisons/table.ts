import { instant } from '@tenantry/connections/columns'
import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { check, index, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'

/** How the schema of each tenant's database compared with what its migrations make, when it was last compared. */
export const schemaComparisons = app.table(
  'schema_comparisons',
  {
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .primaryKey()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    comparedAt: instant('compared_at').notNull(),
    schemaVersion: text('schema_version').notNull(),
    /** Databases that differ in the same things have the same; null for one that is as migrated. */
    driftGroup: text('drift_group'),
    /** In words. */
    differences: jsonb('differences')
      .$type<string[]>()
      .notNull()
      .default(sql`'[]'`),
  },
  (t) => [
    check('schema_comparisons_group', sql`(${t.driftGroup} is null) = (jsonb_array_length(${t.differences}) = 0)`),
    index('schema_comparisons_drift_group').on(t.driftGroup),
  ],
)
