import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'

/** Throws FORBIDDEN for a limited member: what they do not see would be left out of what is decided about all rows. */
export async function assertSeesAll(executor: Executor): Promise<void> {
  const [answer] = await executor.run(isLimited, {})
  if (answer?.limited !== false) throw new TenantryError('FORBIDDEN')
}

const isLimited = statement<Record<string, never>, { limited: boolean }>((db) =>
  db.execute<{ limited: boolean }>(
    sql`select nullif(current_setting('tenantry.access', true), '') is not null as limited`,
  ),
)
