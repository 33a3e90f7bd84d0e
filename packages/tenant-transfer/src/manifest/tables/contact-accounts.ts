import { isEarliest } from '../expressions.ts'
import type { Given } from '../given.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function contactAccounts({ company, isMoved }: Given): TableMove<'contact_accounts'> {
  const isFirstPrimary = isEarliest(company, 'contact_accounts', {
    of: ['contact_id'],
    among: `one.is_primary and ${isMoved('accounts', 'one.account_id')}`,
  })
  return {
    source: 'contact_accounts',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      contact_id: copied('contact_id'),
      account_id: copied('account_id'),
      role: copied('role'),
      is_primary: converted('the account the contact itself names; else the first that is marked', 'is_primary'),
    },
    rejects: [
      {
        reason: 'joins a contact that does not exist or was not moved in',
        when: `contact_accounts.contact_id is null or not ${isMoved('contacts', 'contact_accounts.contact_id')}`,
      },
      {
        reason: 'joins an account that does not exist or was not moved in',
        when: `contact_accounts.account_id is null or not ${isMoved('accounts', 'contact_accounts.account_id')}`,
      },
      {
        reason: 'joins the same two as an earlier row',
        when: `not ${isEarliest(company, 'contact_accounts', { of: ['contact_id', 'account_id'] })}`,
      },
    ],
    parts: [
      {
        target: 'contact_accounts',
        values: {
          is_primary: `coalesce(
            (select c.account_id = contact_accounts.account_id from public.contacts c where c.id = contact_accounts.contact_id
              and c.tenant_id = contact_accounts.tenant_id and c.account_id is not null and ${isMoved('accounts', 'c.account_id')}),
            contact_accounts.is_primary and ${isFirstPrimary},
            false)`,
        },
      },
    ],
    references: [
      { column: 'contact_id', to: 'contacts' },
      { column: 'account_id', to: 'accounts' },
    ],
    kin: [
      { table: 'contact_accounts', column: 'contact_id', of: 'contact_id' },
      { table: 'contacts', column: 'id', of: 'contact_id' },
    ],
  }
}
