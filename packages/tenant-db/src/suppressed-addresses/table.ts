import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check } from 'drizzle-orm/pg-core'
import { bytes } from '../columns.ts'
import { oneOf } from '../constraints.ts'
import { contactPointKinds } from '../contact-points/table.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { word } from '../word.ts'

/**
 * The addresses to which nothing is to be sent, also when no contact has them any more: who typed one in again would write to
 * somebody who has asked for no more. Triggers keep it in step with the marks of contact points, and mark what is typed in.
 * Of an address there is its hash: enough to know it again, and nobody reads from it whom the company has forgotten.
 */
export const suppressedAddresses = crm.table(
  'suppressed_addresses',
  {
    ...tenantKey(),
    kind: word('kind', contactPointKinds).notNull(),
    /** SHA-256 of the kind, a space and the address in the spelling in which it is compared. */
    addressHash: bytes('address_hash').notNull(),
    optedOutAt: instant('opted_out_at'),
    bouncedAt: instant('bounced_at'),
  },
  (t) => [
    ...tenantRules('suppressed_addresses', [t.tenantId, t.kind, t.addressHash]),
    oneOf(t.kind, contactPointKinds),
    // One without a mark says nothing, and is not kept.
    check('suppressed_addresses_marked_check', sql`num_nonnulls(opted_out_at, bounced_at) > 0`),
  ],
)
