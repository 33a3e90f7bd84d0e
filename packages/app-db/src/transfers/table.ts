import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenantKey } from '../tenants/key.ts'

/**
 * Companies that move in from tables of an older system in this same database, which is why the flip is one transaction.
 * In every state exactly one side takes writes, or none for as long as a pause lasts.
 *
 * States: copying (the old side is in charge) → paused (nobody writes until `paused_until`, then the old side again) →
 * moved (the tenant database is in charge, the old rows are shut; with `status_before` nobody writes there while a rollback
 * compares) → copying (rolled back).
 */
export const transfers = app.table(
  'transfers',
  {
    tenantId: tenantKey(),
    /** What the old tables call the company. */
    legacyTenantId: uuid('legacy_tenant_id').notNull().unique(),
    state: text('state', { enum: ['copying', 'paused', 'moved'] })
      .notNull()
      .default('copying'),
    pausedUntil: instant('paused_until'),
    startedAt: instant('started_at')
      .notNull()
      .default(sql`clock_timestamp()`),
    movedAt: instant('moved_at'),
    /** While a rollback compares, what the tenant was before: nobody writes then, and a rollback that is refused gives it back. */
    statusBefore: text('status_before', { enum: ['active', 'suspended', 'archived'] }),
  },
  (t) => [
    check('transfers_state', sql`${t.state} in ('copying', 'paused', 'moved')`),
    check('transfers_paused', sql`(${t.state} = 'paused') = (${t.pausedUntil} is not null)`),
    check('transfers_moved', sql`(${t.state} = 'moved') = (${t.movedAt} is not null)`),
    check('transfers_status_before', sql`${t.statusBefore} in ('active', 'suspended', 'archived')`),
    check('transfers_held', sql`${t.statusBefore} is null or ${t.state} = 'moved'`),
  ],
)
