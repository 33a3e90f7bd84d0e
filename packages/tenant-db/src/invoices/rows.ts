import type { LeasedDrizzle } from '@tenantry/connections/database'
import { and, eq } from 'drizzle-orm'
import { companyName } from '../accounts/company-name.ts'
import { accounts } from '../accounts/table.ts'
import { contacts } from '../contacts/table.ts'
import { envelopeOf, sameRow } from '../records/record-table.ts'
import { invoiceBalances } from './balances.ts'
import { lineList, linesInOrder, partList, partsInOrder } from './lines.ts'
import { invoices } from './table.ts'

/** Invoices with their balances, as a list shows them, up to WHERE. */
export function selectListedInvoices(db: LeasedDrizzle) {
  return db
    .select(listed)
    .from(invoices)
    .innerJoin(invoiceBalances, ofInvoice)
    .leftJoin(accounts, sameRow(accounts, accounts.id, invoices.accountId))
    .leftJoin(contacts, sameRow(contacts, contacts.id, invoices.contactId))
}

/** Invoices with their lines and the parts in which they are paid, up to WHERE. */
export function selectInvoices(db: LeasedDrizzle) {
  return db
    .select({ ...listed, billTo: invoices.billTo, notes: invoices.notes, lines: lineList, schedule: partList })
    .from(invoices)
    .innerJoin(invoiceBalances, ofInvoice)
    .leftJoin(accounts, sameRow(accounts, accounts.id, invoices.accountId))
    .leftJoin(contacts, sameRow(contacts, contacts.id, invoices.contactId))
    .crossJoinLateral(linesInOrder)
    .crossJoinLateral(partsInOrder)
}

const ofInvoice = and(eq(invoiceBalances.tenantId, invoices.tenantId), eq(invoiceBalances.id, invoices.id))

const listed = {
  id: invoices.id,
  number: invoices.number,
  kind: invoices.kind,
  creditsInvoiceId: invoices.creditsInvoiceId,
  status: invoices.status,
  state: invoiceBalances.state,
  accountId: invoices.accountId,
  accountName: companyName,
  contactId: invoices.contactId,
  contactName: contacts.displayName,
  eventId: invoices.eventId,
  quoteId: invoices.quoteId,
  poNumber: invoices.poNumber,
  issuedOn: invoices.issuedOn,
  dueOn: invoices.dueOn,
  currency: invoices.currency,
  subtotalMinor: invoices.subtotalMinor,
  discountMinor: invoices.discountMinor,
  taxMinor: invoices.taxMinor,
  totalMinor: invoices.totalMinor,
  paidMinor: invoiceBalances.paidMinor,
  creditedMinor: invoiceBalances.creditedMinor,
  balanceMinor: invoiceBalances.balanceMinor,
  overdueMinor: invoiceBalances.overdueMinor,
  sentAt: invoices.sentAt,
  viewedAt: invoices.viewedAt,
  closedReason: invoices.closedReason,
  ...envelopeOf(invoices),
}
