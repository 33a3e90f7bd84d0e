import { statement } from '@tenantry/connections/statement'
import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import { sql } from 'drizzle-orm'
import { today } from '../company/table.ts'
import { invoiceSums } from '../invoice-sums/table.ts'
import { invoices } from '../invoices/table.ts'
import { paymentAllocations } from '../payment-allocations/table.ts'
import { paymentSchedule } from '../payment-schedule/table.ts'
import { payments } from '../payments/table.ts'

/**
 * What the view `invoice_balances` says of every invoice one by one, here of those of which something is left. Kept added up
 * is what is left when everything that was allocated is taken off (see `invoiceSums`); what did not arrive or was given back
 * is put on again: those are few, and have an index. Of what is left, what is due later is not overdue.
 *
 * The limit makes Postgres look each invoice up by its key: where it has counted nothing yet, just after very many rows came
 * in, it thinks that there is one invoice, and would add up anew for each (20 s for 12,000 of them).
 */
export const overdueByCurrency = statement<Record<string, never>, DashboardOverview['overdue'][number]>((db) =>
  db.execute<DashboardOverview['overdue'][number]>(sql`
    with left_over as materialized (
      select l.invoice_id, sum(l.amount) as amount
      from (
        select s.invoice_id, s.left_minor as amount from ${invoiceSums} s
        union all select a.invoice_id, case when p.status = 'succeeded' then 2 else 1 end * a.amount_minor
        from ${payments} p join ${paymentAllocations} a on a.tenant_id = p.tenant_id and a.payment_id = p.id
        where p.status <> 'succeeded' or p.kind = 'refund') l
      group by l.invoice_id having sum(l.amount) > 0),
    claims as (
      select i.currency::text as currency, o.amount - greatest(
        i.total_minor - coalesce(s.due, case when i.due_on < (select ${today}) then i.total_minor else 0 end), 0) as amount
      from left_over o
      cross join lateral (
        select i.tenant_id, i.id, i.kind, i.status, i.currency, i.total_minor, i.due_on
        from ${invoices} i where i.id = o.invoice_id limit 1) i
      left join lateral (
        select coalesce(sum(s.amount_minor) filter (where s.due_on < (select ${today})), 0) as due
        from ${paymentSchedule} s where s.tenant_id = i.tenant_id and s.invoice_id = i.id having count(*) > 0) s on true
      where i.status = 'issued' and i.kind <> 'credit_note')
    select currency, count(*)::integer as count, sum(amount)::double precision as "amountMinor"
    from claims where amount > 0 group by currency order by currency`),
)
