import { localDate } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { boolean, check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { rowAccessOfContactAccounts } from '../row-access/policies.ts'

/** Which contact belongs to which account, in which part, and since when. */
export const contactAccounts = crm.table(
  'contact_accounts',
  {
    ...recordKey(),
    contactId: uuid('contact_id').notNull(),
    accountId: uuid('account_id').notNull(),
    role: text('role'),
    isPrimary: boolean('is_primary').notNull().default(false),
    startedOn: localDate('started_on'),
    endedOn: localDate('ended_on'),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('contact_accounts', t),
    rowAccessOfContactAccounts(),
    check('contact_accounts_period_check', sql`ended_on is null or started_on is null or ended_on >= started_on`),
    sameTenant(t.contactId, contacts.id).onDelete('cascade'),
    sameTenant(t.accountId, accounts.id).onDelete('cascade'),
    uniqueIndex('contact_accounts_once').on(t.tenantId, t.contactId, t.accountId).where(current),
    uniqueIndex('contact_accounts_primary')
      .on(t.tenantId, t.contactId)
      .where(sql`is_primary and ${current}`),
    index('contact_accounts_by_account').on(t.tenantId, t.accountId),
  ],
)

const current = sql`ended_on is null and deleted_at is null`
