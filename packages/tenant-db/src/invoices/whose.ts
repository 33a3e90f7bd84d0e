import { throughAccount } from '../accounts/whose.ts'
import { byAccount } from '../row-access/belonging.ts'
import type { Whose } from '../row-access/own-rows.ts'
import { invoices } from './table.ts'

/** A credit note is theirs too whose the invoice is. */
export const whoseInvoices: Whose = {
  kind: 'invoice',
  belonging: byAccount(invoices.accountId, invoices.createdBy, invoices.creditsInvoiceId),
  through: [throughAccount('invoice', invoices)],
  pointer: invoices.creditsInvoiceId,
}
