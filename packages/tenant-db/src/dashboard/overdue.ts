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
 * less what was paid and credited, and never more than what is left of it.
 */
export const overdueByCurrency = statement<Record<string, never>, DashboardOverview['overdue'][number]>((db) =>
  db.execute<DashboardOverview['overdue'][number]>(sql`
    with paid as (
      select a.invoice_id, sum(case when p.kind = 'refund' then -a.amount_minor else a.amount_minor end) as amount
      from ${paymentAllocations} a
      join ${payments} p on p.tenant_id = a.tenant_id and p.id = a.payment_id and p.status = 'succeeded'
      group by a.invoice_id),
    credited as (
      select n.credits_invoice_id as invoice_id, sum(n.total_minor) as amount
      from ${invoices} n where n.credits_invoice_id is not null and n.status = 'issued'
      group by n.credits_invoice_id),
    parts as (
      select s.invoice_id, coalesce(sum(s.amount_minor) filter (where s.due_on < (select ${today})), 0) as due
      from ${paymentSchedule} s group by s.invoice_id),
    claims as (
      select i.currency, i.total_minor as total, coalesce(p.amount, 0) + coalesce(c.amount, 0) as settled,
        coalesce(s.due, case when i.due_on < (select ${today}) then i.total_minor else 0 end) as due
      from ${invoices} i
      left join paid p on p.invoice_id = i.id
      left join credited c on c.invoice_id = i.id
      left join parts s on s.invoice_id = i.id
      where i.status = 'issued' and i.kind <> 'credit_note')
    select currency::text as currency, count(*)::integer as count, sum(least(total, due) - settled)::double precision as "amountMinor"
    from claims where least(total, due) > settled
    group by currency order by currency`),
)
