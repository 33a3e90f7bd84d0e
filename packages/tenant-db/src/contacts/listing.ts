import type { ContactListQuery, ContactSummary } from '@tenantry/contracts/contacts'
import { Instant } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { contactAccounts } from '../contact-accounts/table.ts'
import { contactPoints } from '../contact-points/table.ts'
import { comparing, is, isOneOf, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { fromIndex } from '../records/text-search.ts'
import { currentLink, selectContactSummaries } from './rows.ts'
import { contacts } from './table.ts'
import { whoseContacts } from './whose.ts'

export const contactListing = new Listing<ContactSummary, ContactListQuery['sort'], ContactListQuery>({
  table: contacts,
  whose: whoseContacts,
  select: (db, { where, orderBy, limit }) =>
    asRows<ContactSummary>(
      selectContactSummaries(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    name: { key: contacts.displayName, of: (row) => row.displayName, shape: z.string() },
    updatedAt: { key: contacts.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: contacts.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<ContactListQuery>({
    status: isOneOf(contacts.status),
    ownerId: is(contacts.ownerId),
    doNotContact: is(contacts.doNotContact),
    accountId: (account) => sql`exists (select from ${contactAccounts}
      where ${contactAccounts.contactId} = ${contacts.id} and ${contactAccounts.accountId} = ${account} and ${currentLink})`,
    ...ofRecord(contacts),
  }),
  texts: {
    kept: 'contacts',
    ids: (pattern) => sql`select id from ${fromIndex(
      sql`select id, search_text from ${contacts} where deleted_at is null order by tenant_id, id`,
    )} as texts where search_text like ${pattern}
    union all select contact_id from ${fromIndex(
      sql`select contact_id, value_norm from ${contactPoints} order by tenant_id, contact_id`,
    )} as points where value_norm like ${pattern}`,
    where: (pattern) => sql`(${contacts.searchText} like ${pattern} or exists (select from ${contactPoints}
      where ${contactPoints.contactId} = ${contacts.id} and ${contactPoints.valueNorm} like ${pattern}))`,
  },
})
