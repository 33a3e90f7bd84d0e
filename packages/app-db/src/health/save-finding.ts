import type { Executor } from '@tenantry/connections/database'
import type { HealthFinding } from '@tenantry/contracts/data-source-health'
import type { TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { truth } from '../truth.ts'
import { dataSourceHealth } from './table.ts'

/**
 * Keeps it in place of what was found before; of two looks that overlap the later one stays. Whether the state is another
 * one than before, or the first.
 */
export async function saveFinding(
  tx: Executor,
  tenantId: TenantId,
  finding: HealthFinding,
): Promise<{ isNewState: boolean }> {
  const { state, checkedAt } = finding
  const [saved] = await tx.db
    .insert(dataSourceHealth)
    .values({ ...finding, tenantId, since: checkedAt })
    .onConflictDoUpdate({
      target: dataSourceHealth.tenantId,
      set: {
        ...finding,
        databaseBytes: sql`coalesce(excluded.database_bytes, ${dataSourceHealth.databaseBytes})`,
        since: sql`case when ${dataSourceHealth.state} = ${state} then ${dataSourceHealth.since} else excluded.since end`,
      },
      setWhere: sql`${dataSourceHealth.checkedAt} is null or ${dataSourceHealth.checkedAt} <= excluded.checked_at`,
    })
    .returning({ isNewState: sql<boolean>`${dataSourceHealth.since} = ${dataSourceHealth.checkedAt}`.mapWith(truth) })
  return saved ?? { isNewState: false }
}
