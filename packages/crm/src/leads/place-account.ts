import { AccountInput } from '@tenantry/contracts/accounts'
import type { AccountId } from '@tenantry/contracts/ids'
import type { LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { onlyMissing } from './only-missing.ts'

/** The account of a lead: a new one, or an existing one that gets what it lacks. */
export async function placeAccount(
  db: TenantDb,
  lead: Lead,
  choice: LeadConversionInput['account'],
): Promise<AccountId> {
  const fields = {
    email: lead.email,
    phone: lead.phone,
    source: lead.source,
    ownerId: lead.ownerId,
    defaultCurrency: lead.currency,
  }
  if (choice.use === 'existing') {
    await db.accounts.amend(choice.id, (before) => onlyMissing(before, fields))
    return choice.id
  }
  const name = lead.company ?? lead.displayName
  const kind = lead.company === null && lead.kind === 'person' ? 'person' : 'company'
  return (await db.accounts.create(AccountInput.parse({ ...fields, name, kind }))).id
}
