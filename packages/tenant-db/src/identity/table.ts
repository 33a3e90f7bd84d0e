import { sql } from 'drizzle-orm'
import { bigint, pgPolicy, uuid } from 'drizzle-orm/pg-core'
import { roleName } from '../columns.ts'
import { crm } from '../crm.ts'

const ownTenant = sql`tenant_id = (select crm.current_tenant())`

/**
 * The data says itself whose it is, and since which move (`epoch`); both travel with a backup. A login role belongs to
 * one tenant, a tenant may have several roles. No role that serves requests can read or write it: `crm.current_tenant()`
 * answers for them. A session sees its own row only, and even the owner can admit other roles but never itself,
 * and raise the epoch of its own tenant's rows but of no other's.
 */
export const identity = crm.table(
  'identity',
  {
    role: roleName('role').primaryKey(),
    tenantId: uuid('tenant_id').notNull(),
    epoch: bigint('epoch', { mode: 'number' }).notNull().default(1),
  },
  () => [
    pgPolicy('own_row', { for: 'select', using: sql`role = session_user` }),
    pgPolicy('admission', { for: 'insert', withCheck: sql`role <> session_user` }),
    pgPolicy('own_moves', { for: 'update', using: ownTenant, withCheck: ownTenant }),
  ],
)
