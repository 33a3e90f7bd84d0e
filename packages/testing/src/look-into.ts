import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'

/**
 * Asks a database as its superuser, past everything that keeps rows apart: what a test believes about where a row is. The
 * caller names the columns of its own statement.
 */
export function lookInto<Row extends Record<string, unknown> = Record<string, unknown>>(
  admin: Target,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  return withAdminConnection(admin, (run) => run<Row>(statement, parameters))
}
