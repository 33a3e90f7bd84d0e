import { instant, minorUnits } from '@tenantry/connections/columns'
import { PaymentKind, PaymentMethod, PaymentStatus } from '@tenantry/contracts/payments'
import { sql } from 'drizzle-orm'
import { check, index, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { currencyCode } from '../columns.ts'
import { isCurrency, isMoney, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { recordKey, searchText, tenantRules } from '../envelope.ts'
import { byAccount } from '../row-access/belonging.ts'
import { belongsToSeenPayment, rowAccess } from '../row-access/policies.ts'
import { word } from '../word.ts'

/** Never deleted, and only the outcome changes: a correction is another row. */
export const payments = crm.table(
  'payments',
  {
    ...recordKey(),
    accountId: uuid('account_id').notNull(),
    kind: word('kind', PaymentKind.options).notNull().default('payment'),
    refundsPaymentId: uuid('refunds_payment_id'),
    status: word('status', PaymentStatus.options).notNull(),
    amountMinor: minorUnits('amount_minor').notNull(),
    currency: currencyCode('currency')
      .notNull()
      .references(() => currencies.code),
    method: word('method', PaymentMethod.options).notNull(),
    receivedAt: instant('received_at').notNull(),
    provider: text('provider'),
    providerRef: text('provider_ref'),
    idempotencyKey: text('idempotency_key').notNull(),
    reference: text('reference'),
    note: text('note'),
    searchText: searchText(sql`coalesce(reference, '') || chr(10) || coalesce(provider_ref, '')`),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    createdBy: uuid('created_by'),
  },
  (t) => [
    ...tenantRules('payments', [t.tenantId, t.id]),
    ...rowAccess('invoice', byAccount(t.accountId, t.createdBy), { seenToo: belongsToSeenPayment }),
    oneOf(t.kind, PaymentKind.options),
    oneOf(t.status, PaymentStatus.options),
    oneOf(t.method, PaymentMethod.options),
    isMoney(t.amountMinor, 'positive'),
    isCurrency(t.currency),
    check('payments_refund_check', sql`(kind = 'refund') = (refunds_payment_id is not null)`),
    unique('payments_once').on(t.tenantId, t.idempotencyKey),
    sameTenant(t.accountId, accounts.id).onDelete('restrict'),
    sameTenant(t.refundsPaymentId, t.id).onDelete('restrict'),
    uniqueIndex('payments_provider')
      .on(t.tenantId, t.provider, t.providerRef)
      .where(sql`provider_ref is not null`),
    index('payments_by_received').on(t.tenantId, t.receivedAt, t.id),
    index('payments_settled')
      .on(
        t.tenantId,
        t.receivedAt,
        t.currency,
        t.kind,
        t.amountMinor,
        t.id,
        t.accountId,
        t.createdBy,
        t.refundsPaymentId,
      )
      .where(sql`status = 'succeeded'`),
    // What was allocated and did not arrive, or was given back.
    index('payments_not_kept')
      .on(t.tenantId, t.id)
      .where(sql`status <> 'succeeded' or kind = 'refund'`),
    index('payments_by_amount').on(t.tenantId, t.amountMinor, t.id),
    index('payments_search').on(t.tenantId, t.id, t.searchText, t.accountId, t.createdBy, t.refundsPaymentId),
    index('payments_by_refunded').on(t.tenantId, t.refundsPaymentId),
    index('payments_by_author').on(t.tenantId, t.createdBy, t.accountId, t.id, t.refundsPaymentId),
    index('payments_by_account').on(t.tenantId, t.accountId, t.receivedAt),
  ],
)
