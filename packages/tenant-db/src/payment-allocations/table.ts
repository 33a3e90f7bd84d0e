import { minorUnits } from '@tenantry/connections/columns'
import { index, uuid } from 'drizzle-orm/pg-core'
import { isMoney, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { invoices } from '../invoices/table.ts'
import { payments } from '../payments/table.ts'

export const paymentAllocations = crm.table(
  'payment_allocations',
  {
    ...tenantKey(),
    paymentId: uuid('payment_id').notNull(),
    invoiceId: uuid('invoice_id').notNull(),
    amountMinor: minorUnits('amount_minor').notNull(),
  },
  (t) => [
    ...tenantRules('payment_allocations', [t.tenantId, t.paymentId, t.invoiceId]),
    isMoney(t.amountMinor, 'positive'),
    sameTenant(t.paymentId, payments.id).onDelete('restrict'),
    sameTenant(t.invoiceId, invoices.id).onDelete('restrict'),
    index('payment_allocations_by_invoice').on(t.tenantId, t.invoiceId),
  ],
)
