import { statement } from '@tenantry/connections/statement'
import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import { sql, type SQL } from 'drizzle-orm'
import { company, today } from '../company/table.ts'
import { invoices } from '../invoices/table.ts'
import { payments } from '../payments/table.ts'

const zone = sql`(select coalesce((select y.time_zone from ${company} y), 'UTC'))`
/** The first day of the earliest month that is shown. */
const since = sql`(select date_trunc('month', ${today}::timestamp) - make_interval(months => ${sql.placeholder('months')}::integer - 1))`

/**
 * Months by what documents say and by when money came. Each month is a range of an index that is read alone: to ask of each
 * payment in which month it came takes as long again as to add it up. The next month is the one of the next row.
 */
export const revenueByMonth = statement<{ months: number }, DashboardOverview['revenue'][number]>((db) =>
  db.execute<DashboardOverview['revenue'][number]>(sql`
    with recursive claimed(first) as (
      select ${firstClaim(since)} union all select ${firstClaim(after(sql`m.first`))} from claimed m where m.first is not null),
    paid(first) as (
      select ${firstPayment(since)} union all select ${firstPayment(after(sql`m.first`))} from paid m where m.first is not null)
    select to_char(d.first, 'YYYY-MM') as month, d.currency::text as currency,
      sum(d.issued)::double precision as "issuedMinor", sum(d.paid)::double precision as "paidMinor"
    from (
      select m.first, a.currency, a.amount as issued, 0 as paid
      from claimed m cross join lateral (
        select i.currency, sum(case when i.kind = 'credit_note' then -i.total_minor else i.total_minor end) as amount
        from ${invoices} i
        where i.status in ('issued', 'written_off')
          and i.issued_on >= m.first::date and i.issued_on < ${after(sql`m.first`)}::date
        group by i.currency) a
      union all select m.first, a.currency, 0, a.amount
      from paid m cross join lateral (
        select p.currency, sum(case when p.kind = 'refund' then -p.amount_minor else p.amount_minor end) as amount
        from ${payments} p
        where p.status = 'succeeded'
          and p.received_at >= m.first at time zone ${zone} and p.received_at < ${after(sql`m.first`)} at time zone ${zone}
        group by p.currency) a) d
    group by d.first, d.currency order by month, d.currency`),
)

/** The month of the first claim from then on; null when there is none. */
function firstClaim(from: SQL): SQL {
  return sql`(select date_trunc('month', min(i.issued_on)::timestamp) from ${invoices} i
    where i.status in ('issued', 'written_off') and i.issued_on >= ${from}::date)`
}

function firstPayment(from: SQL): SQL {
  return sql`(select date_trunc('month', min(p.received_at) at time zone ${zone}) from ${payments} p
    where p.status = 'succeeded' and p.received_at >= ${from} at time zone ${zone})`
}

function after(month: SQL): SQL {
  return sql`(${month} + interval '1 month')`
}
