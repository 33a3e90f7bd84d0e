import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { invoices } from '../invoices/table.ts'
import { paymentAllocations } from '../payment-allocations/table.ts'
import { invoiceSums } from './table.ts'

/** By how much the lines say less than the rows, for each invoice of which they differ; see the drift of opportunities. */
const missing = sql`
  select c.invoice_id, sum(c.amount) as amount
  from (
    select coalesce(i.credits_invoice_id, i.id) as invoice_id,
      case when i.kind = 'credit_note' then -i.total_minor else i.total_minor end as amount
    from ${invoices} i where i.status = 'issued'
    union all select a.invoice_id, -a.amount_minor from ${paymentAllocations} a
    union all select l.invoice_id, -l.left_minor from ${invoiceSums} l) c
  group by c.invoice_id having sum(c.amount) <> 0`

export const countInvoiceDrift = statement<Record<string, never>, { invoices: number }>((db) =>
  db.execute<{ invoices: number }>(sql`select count(*)::integer as invoices from (${missing}) as m`),
)

export const mendInvoiceDrift = statement<Record<string, never>, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`insert into ${invoiceSums} (invoice_id, left_minor) ${missing} returning id`),
)
