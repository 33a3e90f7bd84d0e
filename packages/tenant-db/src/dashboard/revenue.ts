import { statement } from '@tenantry/connections/statement'
import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import { sql } from 'drizzle-orm'
import { company, today } from '../company/table.ts'
import { invoices } from '../invoices/table.ts'
import { payments } from '../payments/table.ts'

const zone = sql`coalesce((select y.time_zone from ${company} y), 'UTC')`
/** The first day of the earliest month that is shown. */
const since = sql`(date_trunc('month', ${today}::timestamp) - make_interval(months => ${sql.placeholder('months')}::integer - 1))`

/** Months by what documents say and by when money came. Both sums read an index alone. */
export const revenueByMonth = statement<{ months: number }, DashboardOverview['revenue'][number]>((db) =>
  db.execute<DashboardOverview['revenue'][number]>(sql`
    with claimed as (
      select i.issued_on as day, i.currency, sum(case when i.kind = 'credit_note' then -i.total_minor else i.total_minor end) as amount
      from ${invoices} i
      where i.status in ('issued', 'written_off') and i.issued_on >= (select ${since}::date)
      group by i.issued_on, i.currency),
    paid as (
      select (p.received_at at time zone (select ${zone}))::date as day, p.currency,
        sum(case when p.kind = 'refund' then -p.amount_minor else p.amount_minor end) as amount
      from ${payments} p
      where p.status = 'succeeded' and p.received_at >= (select ${since} at time zone ${zone})
      group by day, p.currency)
    select to_char(d.day, 'YYYY-MM') as month, d.currency::text as currency,
      sum(d.issued)::double precision as "issuedMinor", sum(d.paid)::double precision as "paidMinor"
    from (
      select day, currency, amount as issued, 0 as paid from claimed
      union all select day, currency, 0, amount from paid) d
    group by month, d.currency order by month, d.currency`),
)
