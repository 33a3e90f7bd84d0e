import type { LeasedDrizzle } from '@tenantry/connections/database'
import { memberRefs } from '../member-refs/table.ts'
import { envelopeOf, isOwner } from '../records/record-table.ts'
import { leads } from './table.ts'

/** Leads as the contract shows them, up to WHERE. */
export function selectLeads(db: LeasedDrizzle) {
  return db.select(columns).from(leads).leftJoin(memberRefs, isOwner(leads.ownerId))
}

const columns = {
  id: leads.id,
  displayName: leads.displayName,
  kind: leads.kind,
  firstName: leads.firstName,
  lastName: leads.lastName,
  company: leads.company,
  email: leads.email,
  phone: leads.phone,
  status: leads.status,
  source: leads.source,
  ownerId: leads.ownerId,
  ownerName: memberRefs.displayName,
  unqualifiedReason: leads.unqualifiedReason,
  eventType: leads.eventType,
  wantedOn: leads.wantedOn,
  wantedVenue: leads.wantedVenue,
  guestCount: leads.guestCount,
  budgetMinor: leads.budgetMinor,
  currency: leads.currency,
  message: leads.message,
  firstResponseAt: leads.firstResponseAt,
  convertedAt: leads.convertedAt,
  convertedBy: leads.convertedBy,
  convertedAccountId: leads.convertedAccountId,
  convertedContactId: leads.convertedContactId,
  convertedOpportunityId: leads.convertedOpportunityId,
  ...envelopeOf(leads),
}
