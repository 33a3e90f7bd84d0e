import { LeadPatch, type Lead } from '@tenantry/contracts/leads'
import { TenantryError } from '@tenantry/errors'
import type { Fields } from '../records/diff.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { tableRecord } from '../records/table-record.ts'
import { selectLeads } from './rows.ts'
import { leads } from './table.ts'

const plain = tableRecord<Lead>({
  entity: 'lead',
  table: leads,
  fields: [
    ...Object.keys(LeadPatch.shape),
    'firstResponseAt',
    'convertedAt',
    'convertedBy',
    'convertedAccountId',
    'convertedContactId',
    'convertedOpportunityId',
  ],
  select: selectLeads,
  refusals: {
    leads_owner_fk: { field: 'ownerId', message: 'There is no such member.' },
    leads_currency_currencies_code_fk: { field: 'currency', message: 'This currency is not known.' },
    leads_unqualified_check: { field: 'unqualifiedReason', message: 'Say why nothing comes of it.' },
    // not_null_violation: of all columns only the heading can lack a value, when there is nothing to call the lead by.
    '23502': { field: 'lastName', message: 'Give a name, a company or a way to reach them.' },
  },
})

/** Whatever would change a converted lead goes through here, an undo of its conversion too. */
export const leadRecord: RecordKind<Lead> = {
  ...plain,
  async update(acting, entry, written) {
    assertMayChange(written.before, written.changes)
    return plain.update(acting, entry, written)
  },
}

/** Throws RULE_VIOLATED for a converted lead, to which archive and bin alone stay open. */
export function assertMayChange({ status }: Pick<Lead, 'status'>, changes: Fields): void {
  if (status !== 'converted') return
  if (Object.keys(changes).every((field) => field === 'archivedAt' || field === 'deletedAt')) return
  throw new TenantryError('RULE_VIOLATED', { message: 'This lead has been converted. Change what it became instead.' })
}
