import type { LeasedDrizzle } from '@tenantry/connections/database'
import { sql } from 'drizzle-orm'
import { companyName } from '../accounts/company-name.ts'
import { accounts } from '../accounts/table.ts'
import { today } from '../company/table.ts'
import { contacts } from '../contacts/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { envelopeOf, sameRow } from '../records/record-table.ts'
import { lineList, linesInOrder } from './lines.ts'
import { quotes } from './table.ts'

/** Quotes as a list shows them, up to WHERE. */
export function selectListedQuotes(db: LeasedDrizzle) {
  return db
    .select(listed)
    .from(quotes)
    .leftJoin(accounts, sameRow(accounts, accounts.id, quotes.accountId))
    .leftJoin(contacts, sameRow(contacts, contacts.id, quotes.contactId))
    .leftJoin(opportunities, sameRow(opportunities, opportunities.id, quotes.opportunityId))
}

/** Quotes with their lines and terms, up to WHERE. */
export function selectQuotes(db: LeasedDrizzle) {
  return db
    .select({
      ...listed,
      terms: quotes.terms,
      depositPpm: quotes.depositPpm,
      balanceDueDays: quotes.balanceDueDays,
      instalments: quotes.instalments,
      lines: lineList,
    })
    .from(quotes)
    .leftJoin(accounts, sameRow(accounts, accounts.id, quotes.accountId))
    .leftJoin(contacts, sameRow(contacts, contacts.id, quotes.contactId))
    .leftJoin(opportunities, sameRow(opportunities, opportunities.id, quotes.opportunityId))
    .crossJoinLateral(linesInOrder)
}

const listed = {
  id: quotes.id,
  number: quotes.number,
  revision: quotes.revision,
  rootQuoteId: quotes.rootQuoteId,
  status: quotes.status,
  isExpired: sql<boolean>`(${quotes.status} in ('sent', 'viewed') and coalesce(${quotes.validUntil} < ${today}, false))`,
  title: quotes.title,
  accountId: quotes.accountId,
  accountName: companyName,
  contactId: quotes.contactId,
  contactName: contacts.displayName,
  opportunityId: quotes.opportunityId,
  opportunityName: opportunities.name,
  eventId: quotes.eventId,
  issuedOn: quotes.issuedOn,
  validUntil: quotes.validUntil,
  currency: quotes.currency,
  subtotalMinor: quotes.subtotalMinor,
  discountMinor: quotes.discountMinor,
  taxMinor: quotes.taxMinor,
  totalMinor: quotes.totalMinor,
  sentAt: quotes.sentAt,
  viewedAt: quotes.viewedAt,
  acceptedAt: quotes.acceptedAt,
  acceptedName: quotes.acceptedName,
  declinedAt: quotes.declinedAt,
  declineReason: quotes.declineReason,
  withdrawnAt: quotes.withdrawnAt,
  withdrawalReason: quotes.withdrawalReason,
  ...envelopeOf(quotes),
}
