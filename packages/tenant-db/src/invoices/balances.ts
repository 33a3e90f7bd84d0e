import { text, uuid } from 'drizzle-orm/pg-core'
import { InvoiceState } from '@tenantry/contracts/invoices'
import { minorUnits } from '@tenantry/connections/columns'
import { crm } from '../crm.ts'

/** The view that derives what an invoice still comes to. It is made by a migration; Drizzle is only told of it. */
export const invoiceBalances = crm
  .view('invoice_balances', {
    tenantId: uuid('tenant_id').notNull(),
    id: uuid('id').notNull(),
    paidMinor: minorUnits('paid_minor').notNull(),
    balanceMinor: minorUnits('balance_minor').notNull(),
    state: text('display_status', { enum: [...InvoiceState.options] as [InvoiceState, ...InvoiceState[]] }).notNull(),
    creditedMinor: minorUnits('credited_minor').notNull(),
    overdueMinor: minorUnits('overdue_minor').notNull(),
  })
  .existing()
