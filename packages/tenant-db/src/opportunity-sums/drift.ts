import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { opportunities } from '../opportunities/table.ts'
import { opportunitySums } from './table.ts'

/**
 * By how much the lines say less than the rows, for each cell in which they differ; added to the lines, they are right. Reads
 * every open opportunity. One statement sees rows and lines of one moment, so whoever writes meanwhile makes no difference.
 */
const missing = sql`
  select c.stage_id, c.currency, c.month, c.forecast_category, c.person_id,
    sum(c.count) as count, sum(c.amount) as amount, sum(c.expected) as expected
  from (
    select o.stage_id, o.currency, date_trunc('month', o.expected_close_on)::date as month, o.forecast_category,
      coalesce(o.owner_id, o.created_by) as person_id, 1 as count, o.amount_minor::numeric as amount,
      o.expected_minor::numeric as expected
    from ${opportunities} o where o.outcome is null and o.deleted_at is null and o.archived_at is null
    union all
    select l.stage_id, l.currency, l.month, l.forecast_category, l.person_id, -l.count, -l.amount_minor, -l.expected_minor
    from ${opportunitySums} l) c
  group by 1, 2, 3, 4, 5
  having sum(c.count) <> 0 or sum(c.amount) <> 0 or sum(c.expected) <> 0`

export const countDrift = statement<Record<string, never>, { cells: number }>((db) =>
  db.execute<{ cells: number }>(sql`select count(*)::integer as cells from (${missing}) as m`),
)

export const mendDrift = statement<Record<string, never>, { id: string }>((db) =>
  db.execute<{ id: string }>(sql`
    insert into ${opportunitySums}
      (stage_id, currency, month, forecast_category, person_id, count, amount_minor, expected_minor)
    ${missing} returning id`),
)
