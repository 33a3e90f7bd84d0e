import { instant } from '@tenantry/connections/columns'
import type { DataSourceState, ReplicaHealth } from '@tenantry/contracts/data-source-health'
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, text } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenantKey } from '../tenants/key.ts'

/** How each data source was when it was last looked at. A row without a state is due for its first look. */
export const dataSourceHealth = app.table(
  'data_source_health',
  {
    tenantId: tenantKey(),
    state: text('state').$type<DataSourceState>(),
    since: instant('since'),
    checkedAt: instant('checked_at'),
    /** Whoever takes it on moves this into the future, so that one process at a time looks. */
    dueAt: instant('due_at')
      .notNull()
      .default(sql`now()`),
    /** Error code and public sentence of what is wrong. */
    code: text('code'),
    message: text('message'),
    milliseconds: integer('milliseconds'),
    schemaVersion: text('schema_version'),
    serverVersion: text('server_version'),
    databaseBytes: bigint('database_bytes', { mode: 'number' }),
    replicas: jsonb('replicas')
      .$type<ReplicaHealth[]>()
      .notNull()
      .default(sql`'[]'`),
  },
  (t) => [
    check('data_source_health_state', sql`${t.state} in ('healthy', 'degraded', 'behind', 'refused', 'unreachable')`),
    check(
      'data_source_health_looked_at',
      sql`num_nulls(${t.state}, ${t.since}, ${t.checkedAt}, ${t.milliseconds}) in (0, 4)`,
    ),
    index('data_source_health_due_at').on(t.dueAt),
    index('data_source_health_checked_at').on(t.checkedAt),
  ],
)
