import { instant, localDate, minorUnits } from '@tenantry/connections/columns'
import { InvoiceKind, InvoiceStatus, type BillTo } from '@tenantry/contracts/invoices'
import { sql } from 'drizzle-orm'
import { check, index, jsonb, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { bytes, currencyCode } from '../columns.ts'
import { isCurrency, isMoney, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byAccount } from '../row-access/belonging.ts'
import { creditsSeenInvoice, rowAccess } from '../row-access/policies.ts'
import { events } from '../events/table.ts'
import { quotes } from '../quotes/table.ts'
import { word } from '../word.ts'

/** Paid, partly paid and overdue are never stored: `invoice_balances` derives them. */
export const invoices = crm.table(
  'invoices',
  {
    ...recordKey(),
    number: text('number'),
    kind: word('kind', InvoiceKind.options).notNull().default('invoice'),
    creditsInvoiceId: uuid('credits_invoice_id'),
    status: word('status', InvoiceStatus.options).notNull().default('draft'),
    accountId: uuid('account_id').notNull(),
    contactId: uuid('contact_id'),
    eventId: uuid('event_id'),
    quoteId: uuid('quote_id'),
    poNumber: text('po_number'),
    issuedOn: localDate('issued_on'),
    dueOn: localDate('due_on'),
    billTo: jsonb('bill_to').$type<BillTo>(),
    currency: currencyCode('currency')
      .notNull()
      .references(() => currencies.code),
    subtotalMinor: minorUnits('subtotal_minor').notNull().default(0),
    discountMinor: minorUnits('discount_minor').notNull().default(0),
    taxMinor: minorUnits('tax_minor').notNull().default(0),
    totalMinor: minorUnits('total_minor').notNull().default(0),
    notes: text('notes'),
    publicTokenHash: bytes('public_token_hash'),
    /** Of the link that the contract led to, beside the one that was sent. */
    onwardTokenHash: bytes('onward_token_hash'),
    sentAt: instant('sent_at'),
    viewedAt: instant('viewed_at'),
    closedReason: text('closed_reason'),
    searchText: searchText(sql`coalesce(number, '') || chr(10) || coalesce(po_number, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('invoices', t),
    ...rowAccess('invoice', byAccount(t.accountId, t.createdBy, t.creditsInvoiceId), { seenToo: creditsSeenInvoice }),
    oneOf(t.kind, InvoiceKind.options),
    oneOf(t.status, InvoiceStatus.options),
    isCurrency(t.currency),
    isMoney(t.subtotalMinor),
    isMoney(t.discountMinor),
    isMoney(t.taxMinor),
    isMoney(t.totalMinor),
    check('invoices_sum_check', sql`total_minor = subtotal_minor - discount_minor + tax_minor`),
    check('invoices_credit_check', sql`(kind = 'credit_note') = (credits_invoice_id is not null)`),
    check(
      'invoices_issued_check',
      sql`status = 'draft' or (number is not null and issued_on is not null and bill_to is not null)`,
    ),
    unique('invoices_number').on(t.tenantId, t.number),
    sameTenant(t.creditsInvoiceId, t.id).onDelete('restrict'),
    sameTenant(t.accountId, accounts.id).onDelete('restrict'),
    sameTenant(t.contactId, contacts.id).onDelete('set null'),
    sameTenant(t.eventId, events.id).onDelete('set null'),
    sameTenant(t.quoteId, quotes.id).onDelete('set null'),
    uniqueIndex('invoices_one_per_quote')
      .on(t.tenantId, t.quoteId)
      .where(sql`kind = 'invoice' and status <> 'void' and deleted_at is null`),
    index('invoices_by_number').on(t.tenantId, invoiceNumberKey, t.id).where(live),
    index('invoices_by_total').on(t.tenantId, t.totalMinor, t.id).where(live),
    index('invoices_by_due').on(t.tenantId, invoiceDueKey, t.id).where(live),
    index('invoices_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    // What the dashboard adds up of each month, and whose a row is.
    index('invoices_claimed')
      .on(t.tenantId, t.issuedOn, t.currency, t.kind, t.totalMinor, t.accountId, t.createdBy, t.creditsInvoiceId)
      .where(sql`status in ('issued', 'written_off')`),
    index('invoices_by_credited').on(t.tenantId, t.creditsInvoiceId),
    index('invoices_by_account').on(t.tenantId, t.accountId),
    index('invoices_by_event').on(t.tenantId, t.eventId),
    index('invoices_by_quote').on(t.tenantId, t.quoteId),
    uniqueIndex('invoices_token').on(t.tenantId, t.publicTokenHash),
    uniqueIndex('invoices_onward_token').on(t.tenantId, t.onwardTokenHash),
    ...listIndexes('invoices', t, byAccount(t.accountId, t.createdBy, t.creditsInvoiceId)),
  ],
)

/** What the list sorts by: drafts first for `number`, without a date last for `dueOn`. See `accountCityKey`. */
export const invoiceNumberKey = sql<string>`(case when number is null then '' else number end)`
export const invoiceDueKey = sql<string>`(case when due_on is null then 'infinity'::date else due_on end)`
