import type { InvoiceListed, InvoiceListQuery } from '@tenantry/contracts/invoices'
import { Instant, LocalDate, SignedMinorUnits } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
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
  filters: {
    kind: { of: ({ filters }) => filters.kind, where: (kind) => sql`${invoices.kind} = ${kind}` },
    status: { of: ({ filters }) => filters.status, where: (words) => sql`${invoices.status} = any(${words}::text[])` },
    // Asked of the view by key, so that the count, which joins nothing, can ask it too.
    state: {
      of: ({ filters }) => filters.state,
      where: (words) => sql`exists (select from ${invoiceBalances} as b where b.tenant_id = ${invoices.tenantId}
        and b.id = ${invoices.id} and b.display_status = any(${words}::text[]))`,
    },
    accountId: { of: ({ filters }) => filters.accountId, where: (id) => sql`${invoices.accountId} = ${id}` },
    quoteId: { of: ({ filters }) => filters.quoteId, where: (id) => sql`${invoices.quoteId} = ${id}` },
    currency: { of: ({ filters }) => filters.currency, where: (code) => sql`${invoices.currency} = ${code}` },
    dueFrom: { of: ({ filters }) => filters.dueFrom, where: (day) => sql`${invoices.dueOn} >= ${day}` },
    dueUntil: { of: ({ filters }) => filters.dueUntil, where: (day) => sql`${invoices.dueOn} <= ${day}` },
  },
  texts: ownText(invoices),
})
