import type { DuplicateCandidates } from '@tenantry/contracts/duplicates'
import type { LeadId } from '@tenantry/contracts/ids'
import type { Lead } from '@tenantry/contracts/leads'
import type { TenantReader } from '@tenantry/tenant-db/types'

/** The companies and people a lead may already be. Throws NOT_FOUND. */
export async function findCandidates(db: TenantReader, id: LeadId): Promise<DuplicateCandidates> {
  return candidatesFor(db, await db.leads.byId(id))
}

export function candidatesFor(db: TenantReader, lead: Lead): Promise<DuplicateCandidates> {
  const { company, email, phone, firstName, lastName } = lead
  const person = [firstName, lastName].filter((part) => part !== null).join(' ') || null
  return db.duplicates.like({ company, person, email, phone })
}
