import { localDate, minorUnits } from '@tenantry/connections/columns'
import { index, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { isMoney, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { invoices } from '../invoices/table.ts'

export const paymentSchedule = crm.table(
  'payment_schedule',
  {
    ...recordKey(),
    invoiceId: uuid('invoice_id').notNull(),
    label: text('label').notNull(),
    dueOn: localDate('due_on').notNull(),
    amountMinor: minorUnits('amount_minor').notNull(),
    position: smallint('position').notNull(),
  },
  (t) => [
    ...tenantRules('payment_schedule', [t.tenantId, t.id]),
    rowAccessOfPart('invoice', 'invoice_id'),
    isMoney(t.amountMinor, 'positive'),
    sameTenant(t.invoiceId, invoices.id).onDelete('cascade'),
    index('payment_schedule_in_order').on(t.tenantId, t.invoiceId, t.position),
  ],
)
