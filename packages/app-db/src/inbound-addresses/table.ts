import { instant } from '@tenantry/connections/columns'
import type { InboundAddressId, TenantId, UserId } from '@tenantry/contracts/ids'
import type { InboundKind, InboundProvider } from '@tenantry/contracts/inbound'
import { sql } from 'drizzle-orm'
import { check, index, text, uuid } from 'drizzle-orm/pg-core'
import { app } from '../app.ts'
import { tenants } from '../tenants/table.ts'
import { users } from '../users/table.ts'

/**
 * At which addresses messages come in, and whose they are. Which company a message is for follows from where it was
 * delivered, never from what stands in it: two companies may know the same number.
 */
export const inboundAddresses = app.table(
  'inbound_addresses',
  {
    id: uuid('id').$type<InboundAddressId>().primaryKey(),
    tenantId: uuid('tenant_id')
      .$type<TenantId>()
      .notNull()
      .references(() => tenants.id, { onDelete: 'cascade' }),
    /** Stands in the address that the provider calls. It opens nothing: every delivery is signed. */
    publicId: text('public_id').notNull().unique(),
    kind: text('kind').$type<InboundKind>().notNull(),
    provider: text('provider').$type<InboundProvider>().notNull(),
    address: text('address').notNull(),
    sealedSecret: text('sealed_secret').notNull(),
    createdBy: uuid('created_by')
      .$type<UserId>()
      .references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    lastReceivedAt: instant('last_received_at'),
  },
  (t) => [
    check('inbound_addresses_kind', sql`kind in ('mail', 'sms')`),
    check('inbound_addresses_provider', sql`provider in ('standard', 'mailgun', 'twilio')`),
    index('inbound_addresses_by_tenant').on(t.tenantId, t.createdAt),
    index('inbound_addresses_by_creator').on(t.createdBy),
  ],
)
