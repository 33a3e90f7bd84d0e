import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Invoice } from '@tenantry/contracts/invoices'
import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import { linked, putLinkOf } from '../documents/link.ts'
import { asRows } from '../records/plain.ts'
import { selectInvoices } from './rows.ts'
import { invoices } from './table.ts'

export const putInvoiceLink = putLinkOf(invoices, {
  column: invoices.publicTokenHash,
  clears: invoices.onwardTokenHash,
})
/** Beside the link that was sent, which stays. */
export const putOnwardInvoiceLink = putLinkOf(invoices, { column: invoices.onwardTokenHash })

/** Throws LINK_NOT_VALID. A draft is nobody's business outside. */
export async function invoiceByLink(executor: Executor, hash: Uint8Array): Promise<Invoice> {
  const [invoice] = await executor.run(byLink, { hash })
  return linked(invoice)
}

const byLink = statement<{ hash: Uint8Array }, Invoice>((db) =>
  asRows<Invoice>(
    selectInvoices(db).where(
      and(
        or(
          eq(invoices.publicTokenHash, sql.placeholder('hash')),
          eq(invoices.onwardTokenHash, sql.placeholder('hash')),
        ),
        isNull(invoices.deletedAt),
        ne(invoices.status, 'draft'),
      ),
    ),
  ),
)
