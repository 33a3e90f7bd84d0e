import type { LeasedDrizzle } from '@tenantry/connections/database'
import type { Payment } from '@tenantry/contracts/payments'
import { sql } from 'drizzle-orm'
import { companyName } from '../accounts/company-name.ts'
import { accounts } from '../accounts/table.ts'
import { invoices } from '../invoices/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { paymentAllocations } from '../payment-allocations/table.ts'
import type { Plain } from '../records/plain.ts'
import { sameRow } from '../records/record-table.ts'
import { payments } from './table.ts'

/** Payments with what became of them, up to WHERE. A refund that failed never took anything. */
export function selectPayments(db: LeasedDrizzle) {
  return db
    .select({
      id: payments.id,
      accountId: payments.accountId,
      accountName: companyName,
      kind: payments.kind,
      refundsPaymentId: payments.refundsPaymentId,
      status: payments.status,
      amountMinor: payments.amountMinor,
      currency: payments.currency,
      method: payments.method,
      receivedAt: payments.receivedAt,
      provider: payments.provider,
      reference: payments.reference,
      note: payments.note,
      refundedMinor: sql<number>`"given_back"."amount"`.mapWith(Number),
      unallocatedMinor: sql<number>`case when ${payments.kind} = 'refund' then 0
        else ${payments.amountMinor} - "own"."amount" - ("given_back"."amount" - "given_back"."allocated") end`.mapWith(
        Number,
      ),
      allocations: sql<Plain<Payment>['allocations']>`"own"."list"`,
      createdAt: payments.createdAt,
      createdByName: memberRefs.displayName,
    })
    .from(payments)
    .leftJoin(accounts, sameRow(accounts, accounts.id, payments.accountId))
    .leftJoin(memberRefs, sameRow(memberRefs, memberRefs.userId, payments.createdBy))
    .crossJoinLateral(own)
    .crossJoinLateral(givenBack)
}

/** What an invoice has that its reader does not see is given out all the same, and named by nobody. */
const own = sql`(
  select coalesce(sum(a.amount_minor), 0)::bigint as "amount", coalesce(jsonb_agg(jsonb_build_object(
      'invoiceId', a.invoice_id, 'invoiceNumber', i.number, 'amountMinor', a.amount_minor) order by i.number, i.id)
    filter (where i.id is not null), '[]') as "list"
  from ${paymentAllocations} a left join ${invoices} i on i.tenant_id = a.tenant_id and i.id = a.invoice_id
  where a.tenant_id = ${payments.tenantId} and a.payment_id = ${payments.id}
) as "own"`

const givenBack = sql`(
  select coalesce(sum(r.amount_minor), 0)::bigint as "amount", coalesce(sum((
    select sum(a.amount_minor) from ${paymentAllocations} a where a.tenant_id = r.tenant_id and a.payment_id = r.id
  )), 0)::bigint as "allocated"
  from ${payments} r
  where r.tenant_id = ${payments.tenantId} and r.refunds_payment_id = ${payments.id} and r.status in ('pending', 'succeeded')
) as "given_back"`
