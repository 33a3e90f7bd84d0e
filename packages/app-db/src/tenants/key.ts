import type { TenantId } from '@tenantry/contracts/ids'
import { uuid } from 'drizzle-orm/pg-core'
import { tenants } from './table.ts'

/** The key of a table with at most one row for each tenant, which goes with it. */
export function tenantKey() {
  return uuid('tenant_id')
    .$type<TenantId>()
    .primaryKey()
    .references(() => tenants.id, { onDelete: 'cascade' })
}
