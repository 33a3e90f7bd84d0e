import type { InvoiceListed, InvoiceListQuery } from '@tenantry/contracts/invoices'
import { Instant, LocalDate, SignedMinorUnits } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { comparing, is, isOneOf, isWithin, isWithinKey, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { invoiceBalances } from './balances.ts'
import { selectListedInvoices } from './rows.ts'
import { invoiceDueKey, invoiceNumberKey, invoices } from './table.ts'
import { whoseInvoices } from './whose.ts'

export const invoiceListing = new Listing<InvoiceListed, InvoiceListQuery['sort'], InvoiceListQuery>({
  table: invoices,
  whose: whoseInvoices,
  select: (db, { where, orderBy, limit }) =>
    asRows<InvoiceListed>(
      selectListedInvoices(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    number: { key: invoiceNumberKey, of: (row) => row.number ?? '', shape: z.string() },
    total: { key: invoices.totalMinor, of: (row) => row.totalMinor, shape: SignedMinorUnits },
    dueOn: {
      key: invoiceDueKey,
      of: (row) => row.dueOn ?? 'infinity',
      shape: LocalDate.or(z.literal('infinity')),
    },
    updatedAt: { key: invoices.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: invoices.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<InvoiceListQuery>({
    kind: is(invoices.kind),
    status: isOneOf(invoices.status),
    // Asked of the view by key, so that the count, which joins nothing, can ask it too.
    state: (words) => sql`exists (select from ${invoiceBalances} as b where b.tenant_id = ${invoices.tenantId}
      and b.id = ${invoices.id} and b.display_status = any(${words}::text[]))`,
    accountId: is(invoices.accountId),
    contactId: is(invoices.contactId),
    eventId: is(invoices.eventId),
    quoteId: is(invoices.quoteId),
    creditsInvoiceId: is(invoices.creditsInvoiceId),
    currency: is(invoices.currency),
    ...isWithin('issued', invoices.issuedOn),
    ...isWithinKey('due', invoiceDueKey),
    ...isWithin('total', invoices.totalMinor),
    ...ofRecord(invoices),
  }),
  texts: ownText(invoices),
})
