import type { LeadConversion, LeadConversionInput } from '@tenantry/contracts/lead-conversion'
import type { Lead } from '@tenantry/contracts/leads'
import type { RecordLink } from '@tenantry/contracts/record-links'
import { TenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'
import { candidatesFor } from './candidates.ts'
import { placeAccount } from './place-account.ts'
import { placeContact } from './place-contact.ts'
import { placeOpportunity } from './place-opportunity.ts'

/**
 * Makes a lead into an account, a contact and, if wanted, an opportunity, all in the caller's transaction. The first
 * statement takes the lead, so of several at once one converts it and the others are refused. Its tasks, notes, messages and
 * files come along. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED, and CONFLICT with candidates that look like what would be new.
 */
export async function convertLead(db: TenantDb, input: LeadConversionInput): Promise<LeadConversion> {
  const lead = await db.leads.claim({ id: input.id, version: input.version })
  if (!input.allowDuplicates) await assertNoneAlike(db, lead, input)
  const accountId = await placeAccount(db, lead, input.account)
  const contactId = await placeContact(db, lead, { accountId, choice: input.contact })
  const opportunityId = await placeOpportunity(db, lead, { accountId, contactId, input })
  const became: RecordLink[] = [
    { entity: 'account', id: accountId },
    { entity: 'contact', id: contactId },
  ]
  if (opportunityId !== null) became.push({ entity: 'opportunity', id: opportunityId })
  await db.recordLinks.takeAlong({ entity: 'lead', id: lead.id }, became)
  const converted = await db.leads.markConverted(lead, { accountId, contactId, opportunityId })
  return { lead: converted, accountId, contactId, opportunityId }
}

/** Only what would be new can be a duplicate. */
async function assertNoneAlike(db: TenantDb, lead: Lead, { account, contact }: LeadConversionInput): Promise<void> {
  if (account.use === 'existing' && contact.use === 'existing') return
  const alike = await candidatesFor(db, lead)
  const accounts = account.use === 'new' ? alike.accounts : []
  const contacts = contact.use === 'new' ? alike.contacts : []
  if (accounts.length + contacts.length === 0) return
  throw new TenantryError('CONFLICT', {
    message: 'There are records that look like this lead. Use one of them, or say that they are others.',
    data: { reason: 'duplicates', accounts, contacts },
  })
}
