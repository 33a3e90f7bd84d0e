import { instant } from '@tenantry/connections/columns'
import type { ContractId, TenantId } from '@tenantry/contracts/ids'
import { sql } from 'drizzle-orm'
import { index, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'

/**
 * Whose contract everybody has signed, and which: its file is to be made. Known here before that transaction commits: one of a
 * transaction that failed is looked for in vain, and none that was signed is ever forgotten.
 */
export const contractsDue = app.table(
  'contracts_due',
  {
    contractId: uuid('contract_id').$type<ContractId>().primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index('contracts_due_created_at').on(t.createdAt)],
)
