import type { Payment, PaymentListQuery } from '@tenantry/contracts/payments'
import { Instant, MinorUnits } from '@tenantry/contracts/scalars'
import { sql } from 'drizzle-orm'
import { throughAccount } from '../accounts/whose.ts'
import { invoices } from '../invoices/table.ts'
import { whoseInvoices } from '../invoices/whose.ts'
import { paymentAllocations } from '../payment-allocations/table.ts'
import { comparing, is, isOneOf, isWithin } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { fromIndex } from '../records/text-search.ts'
import { byAccount } from '../row-access/belonging.ts'
import { selectPayments } from './rows.ts'
import { payments } from './table.ts'

type Query = PaymentListQuery & { show: 'active' }

export const paymentListing = new Listing<Payment, PaymentListQuery['sort'], Query>({
  table: payments,
  whose: {
    kind: 'invoice',
    belonging: byAccount(payments.accountId, payments.createdBy, payments.id, payments.refundsPaymentId),
    through: [
      throughAccount('invoice', payments),
      {
        table: invoices,
        whose: whoseInvoices,
        pointer: paymentAllocations.invoiceId,
        id: paymentAllocations.paymentId,
      },
    ],
    pointer: payments.refundsPaymentId,
  },
  select: (db, { where, orderBy, limit }) =>
    asRows<Payment>(
      selectPayments(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    receivedAt: { key: payments.receivedAt, of: (row) => row.receivedAt, shape: Instant },
    amount: { key: payments.amountMinor, of: (row) => row.amountMinor, shape: MinorUnits },
  },
  filters: comparing<Query>({
    kind: is(payments.kind),
    status: isOneOf(payments.status),
    method: is(payments.method),
    accountId: is(payments.accountId),
    invoiceId: (id) => sql`exists (select from ${paymentAllocations} a where a.tenant_id = ${payments.tenantId}
      and a.payment_id = ${payments.id} and a.invoice_id = ${id})`,
    refundsPaymentId: is(payments.refundsPaymentId),
    currency: is(payments.currency),
    createdBy: is(payments.createdBy),
    ...isWithin('received', payments.receivedAt),
    ...isWithin('amount', payments.amountMinor),
    ...isWithin('created', payments.createdAt),
  }),
  texts: {
    ids: (pattern) =>
      sql`select id from ${fromIndex(
        sql`select ${payments.id}, ${payments.searchText} from ${payments} order by ${payments.tenantId}, ${payments.id}`,
      )} as texts where search_text like ${pattern}`,
    where: (pattern) => sql`${payments.searchText} like ${pattern}`,
  },
})
