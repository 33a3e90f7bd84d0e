import type { withAdminConnection } from '@tenantry/connections/admin'

type Run = Parameters<Parameters<typeof withAdminConnection>[1]>[0]

/**
 * Rows as years of use leave them, made by Postgres itself: names that a search can tell apart, instants and amounts in no
 * order of anything else, two currencies, stages that are full and stages that are not.
 */
export async function fillCompany(
  run: Run,
  { tenantIdInDataSource, userId, rows }: { tenantIdInDataSource: string; userId: string; rows: number },
): Promise<void> {
  await run('set synchronous_commit = off')
  for (const statement of statements) await run(statement, [tenantIdInDataSource, userId, rows])
  await run('vacuum analyze')
}

/** Scattered accounts become a colleague's. */
export async function giveAccounts(
  run: Run,
  { tenantIdInDataSource, to, rows }: { tenantIdInDataSource: string; to: string; rows: number },
): Promise<void> {
  await run(
    `update crm.accounts set owner_id = $2::uuid where tenant_id = $1::uuid and id in (
       select id from crm.accounts where tenant_id = $1::uuid order by hashtext(name || $2::uuid) limit $3::integer)`,
    [tenantIdInDataSource, to, rows],
  )
  await run('vacuum analyze crm.accounts')
}

/** A number from 0 to below 1 that follows from `n`, so that each run makes the same rows. */
const chance = (salt: number) => `(abs(hashint8(n * 31 + ${salt})) / 2147483648.0)`
const scattered = `timestamptz '2024-01-01T00:00:00Z' + ${chance(1)} * interval '900 days'`
const letters = (salt: number) =>
  `(select string_agg(chr(97 + (abs(hashint8(n * 7 + ${salt} + k)) % 26)), '') from generate_series(1, 7) k)`
const given = `$1::uuid as tenant_id, $2::uuid as person, generate_series(1, $3::integer) as n`
const few = `$1::uuid as tenant_id, $2::uuid as person, generate_series(1, ceil($3::integer / 20.0)::integer) as n`

const statements = [
  `insert into crm.accounts (tenant_id, name, email, status, owner_id, billing_city, created_at, updated_at)
   select tenant_id, initcap(${letters(1)}) || ' Events ' || n || case when n % 10000 = 0 then ' Łódź 9w' else '' end, ${letters(2)} || n || '@example.com',
     (array['active', 'active', 'active', 'inactive'])[1 + n % 4], person, 'City ' || n % 500, ${scattered}, ${scattered}
   from (select ${given}) g`,
  `with sales as (
     insert into crm.pipelines (tenant_id, name, is_default)
     select $1::uuid, 'Sales', true where $2::uuid is not null and $3::integer > 0 returning id)
   insert into crm.pipeline_stages (tenant_id, pipeline_id, name, position, kind, probability, forecast_category)
   select $1::uuid, sales.id, s.name, s.position, s.kind, s.probability, s.category
   from sales, (values ('Inquiry', 0, 'open', 10, 'pipeline'), ('Meeting', 1, 'open', 30, 'pipeline'),
     ('Proposal', 2, 'open', 50, 'best_case'), ('Contract', 3, 'open', 90, 'commit'),
     ('Won', 4, 'won', 100, 'closed'), ('Lost', 5, 'lost', 0, 'omitted')) s (name, position, kind, probability, category)`,
  `insert into crm.opportunities (tenant_id, name, pipeline_id, stage_id, owner_id, amount_minor, currency, probability,
     forecast_category, expected_close_on, outcome, closed_at, lost_reason, board_rank, created_at, updated_at)
   select g.tenant_id, initcap(${letters(3)}) || ' wedding ' || n, s.pipeline_id, s.id, person, (${chance(4)} * 900000)::bigint,
     case when n % 10 = 0 then 'EUR' else 'USD' end, s.probability, s.forecast_category,
     case when n % 20 = 0 then null else date '2026-06-01' + (${chance(5)} * 700)::integer end,
     case when s.kind <> 'open' then s.kind end, case when s.kind <> 'open' then ${scattered} end,
     case when s.kind = 'lost' then 'Too far' end, 'n' || lpad(to_hex(n), 8, '0') || 'x', ${scattered}, ${scattered}
   from (select ${given}) g
   join crm.pipeline_stages s on s.tenant_id = g.tenant_id
     and s.position = (array[0, 0, 0, 0, 1, 1, 2, 3, 4, 5])[1 + abs(hashint8(n)) % 10]`,
  `insert into crm.invoices (tenant_id, number, status, account_id, currency, subtotal_minor, total_minor, issued_on, due_on, bill_to)
   select g.tenant_id, 'BIG-' || n, 'issued', a.id, 'USD', 10000 + n % 5000, 10000 + n % 5000, d.day, d.day + 30, '{}'
   from (select ${few}) g
   cross join lateral (select current_date - (${chance(6)} * 700)::integer as day) d
   join (select id, row_number() over () as place from crm.accounts where tenant_id = $1::uuid) a on a.place = g.n`,
  `insert into crm.payments (tenant_id, account_id, status, amount_minor, currency, method, received_at, idempotency_key)
   select tenant_id, account_id, 'succeeded', total_minor, currency, 'card', issued_on + interval '10 days', number
   from crm.invoices where tenant_id = $1::uuid and number like 'BIG-%' and $2::uuid is not null and $3::integer > 0`,
  `insert into crm.payment_allocations (tenant_id, payment_id, invoice_id, amount_minor)
   select p.tenant_id, p.id, i.id, case when right(i.number, 1) = '7' then 1000 else p.amount_minor end
   from crm.payments p join crm.invoices i on i.tenant_id = p.tenant_id and i.number = p.idempotency_key
   where p.tenant_id = $1::uuid and $2::uuid is not null and $3::integer > 0`,
  `insert into crm.tasks (tenant_id, title, assignee_id, due_on, status, completed_at)
   select tenant_id, 'Call ' || n, person, current_date - 300 + n % 330, s, case when s = 'done' then now() end
   from (select ${few}) g cross join lateral (select case when n % 5 = 0 then 'open' else 'done' end as s) st`,
  `with gala as (
     insert into crm.events (tenant_id, title, event_type, account_id, time_zone, status)
     select $1::uuid, 'Gala', 'gala', id, 'UTC', 'confirmed' from crm.accounts
     where tenant_id = $1::uuid and $2::uuid is not null limit 1 returning tenant_id, id)
   insert into crm.event_dates (tenant_id, event_id, local_date, start_time, end_time, time_zone)
   select gala.tenant_id, gala.id, current_date - 600 + n % 700, '18:00', '23:00', 'UTC'
   from gala, generate_series(1, ceil($3::integer / 20.0)::integer) n`,
]
