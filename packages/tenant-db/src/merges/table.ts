import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, index, jsonb, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import type { Moved } from './move.ts'

/** Into which record another one was merged, and what went along: enough to take it back. */
export const recordMerges = crm.table(
  'record_merges',
  {
    ...recordKey(),
    accountId: uuid('account_id'),
    mergedAccountId: uuid('merged_account_id'),
    contactId: uuid('contact_id'),
    mergedContactId: uuid('merged_contact_id'),
    moved: jsonb('moved').$type<Moved>().notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    ...tenantRules('record_merges', [t.tenantId, t.id]),
    check(
      'record_merges_pair_check',
      sql`num_nonnulls(account_id, merged_account_id) in (0, 2) and num_nonnulls(contact_id, merged_contact_id) in (0, 2)
        and num_nonnulls(account_id, contact_id) = 1`,
    ),
    sameTenant(t.accountId, accounts.id).onDelete('cascade'),
    sameTenant(t.mergedAccountId, accounts.id).onDelete('cascade'),
    sameTenant(t.contactId, contacts.id).onDelete('cascade'),
    sameTenant(t.mergedContactId, contacts.id).onDelete('cascade'),
    index('record_merges_by_account').on(t.tenantId, t.mergedAccountId),
    index('record_merges_by_contact').on(t.tenantId, t.mergedContactId),
  ],
)
