import { statement } from '@tenantry/connections/statement'
import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import { sql } from 'drizzle-orm'
import { today } from '../company/table.ts'
import { invoices } from '../invoices/table.ts'
import { paymentAllocations } from '../payment-allocations/table.ts'
import { paymentSchedule } from '../payment-schedule/table.ts'
import { payments } from '../payments/table.ts'

/**
 * What the view `invoice_balances` says of every invoice one by one, here of all at once: what is due by now of an invoice
 * less what was paid and credited, and never more than what is left of it. Everything that was allocated is taken off without
 * asking its payment, and what did not arrive or was given back is put on again: those are few, and have an index.
 */
export const overdueByCurrency = statement<Record<string, never>, DashboardOverview['overdue'][number]>((db) =>
  db.execute<DashboardOverview['overdue'][number]>(sql`
    with parts as (
      select s.invoice_id, coalesce(sum(s.amount_minor) filter (where s.due_on < (select ${today})), 0) as due
      from ${paymentSchedule} s group by s.invoice_id),
    lines as (
      select i.id as invoice_id, i.currency::text as currency,
        least(i.total_minor, coalesce(s.due::bigint, case when i.due_on < (select ${today}) then i.total_minor else 0 end)) as amount
      from ${invoices} i left join parts s on s.invoice_id = i.id
      where i.status = 'issued' and i.kind <> 'credit_note'
      union all select a.invoice_id, null, -a.amount_minor from ${paymentAllocations} a
      union all select a.invoice_id, null, case when p.status = 'succeeded' then 2 else 1 end * a.amount_minor
      from ${payments} p join ${paymentAllocations} a on a.tenant_id = p.tenant_id and a.payment_id = p.id
      where p.status <> 'succeeded' or p.kind = 'refund'
      union all select n.credits_invoice_id, null, -n.total_minor
      from ${invoices} n where n.credits_invoice_id is not null and n.status = 'issued'),
    claims as (
      -- Of an invoice that is not seen only what was paid is.
      select max(currency) as currency, sum(amount) as amount from lines
      group by invoice_id having sum(amount) > 0 and max(currency) is not null)
    select currency, count(*)::integer as count, sum(amount)::double precision as "amountMinor"
    from claims group by currency order by currency`),
)
