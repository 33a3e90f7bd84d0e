import type { LeasedDrizzle } from '@tenantry/connections/database'
import { companyName } from '../accounts/company-name.ts'
import { accounts } from '../accounts/table.ts'
import { contacts } from '../contacts/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { envelopeOf, isOwner, sameRow } from '../records/record-table.ts'
import { events } from './table.ts'

/** Events with the names of what they refer to, up to WHERE. */
export function selectEvents(db: LeasedDrizzle) {
  return db
    .select(columns)
    .from(events)
    .leftJoin(accounts, sameRow(accounts, accounts.id, events.accountId))
    .leftJoin(contacts, sameRow(contacts, contacts.id, events.contactId))
    .leftJoin(memberRefs, isOwner(events.ownerId))
}

const columns = {
  id: events.id,
  title: events.title,
  eventType: events.eventType,
  accountId: events.accountId,
  accountName: companyName,
  contactId: events.contactId,
  contactName: contacts.displayName,
  plannerContactId: events.plannerContactId,
  opportunityId: events.opportunityId,
  ownerId: events.ownerId,
  ownerName: memberRefs.displayName,
  status: events.status,
  holdExpiresAt: events.holdExpiresAt,
  cancelledReason: events.cancelledReason,
  guestCount: events.guestCount,
  timeZone: events.timeZone,
  firstStartsAt: events.firstStartsAt,
  lastEndsAt: events.lastEndsAt,
  theme: events.theme,
  description: events.description,
  ...envelopeOf(events),
}
