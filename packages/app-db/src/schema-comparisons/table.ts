import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, index, jsonb, text } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenantKey } from '../tenants/key.ts'

/** How the schema of each tenant's database compared with what its migrations make, when it was last compared. */
export const schemaComparisons = app.table(
  'schema_comparisons',
  {
    tenantId: tenantKey(),
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
