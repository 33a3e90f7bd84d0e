import { instantFromText } from '@tenantry/connections/columns'
import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { sql } from 'drizzle-orm'
import { company } from '../company/table.ts'

/** A day as it is where the company is. */
interface ClosingDay {
  /** Noon, which is that day nearly everywhere; of today it may be now. */
  at: string
  from: string
  until: string
  isToCome: boolean
}

export type ClosingDays = ReadonlyMap<string, ClosingDay>

/** What a file says of when something ended is a day, and what is remembered is a moment. */
export async function readClosingDays(executor: Executor, days: string[]): Promise<ClosingDays> {
  if (days.length === 0) return new Map()
  const rows = await executor.run(momentsOf, { days })
  return new Map(
    rows.map(({ day, at, from, until, isToCome }) => [
      day,
      { at: instantFromText(at), from: instantFromText(from), until: instantFromText(until), isToCome },
    ]),
  )
}

type DayRow = { day: string } & { [Field in keyof ClosingDay]: ClosingDay[Field] }

const momentsOf = statement<{ days: string[] }, DayRow>((db) =>
  db.execute<DayRow>(sql`
    select d.day, least((d.day::date + time '12:00') at time zone z.zone, now()) as at,
      d.day::date::timestamp at time zone z.zone as "from",
      (d.day::date + 1)::timestamp at time zone z.zone as "until",
      d.day::date > (now() at time zone z.zone)::date as "isToCome"
    from unnest(${sql.placeholder('days')}::text[]) as d(day),
      (select coalesce((select c.time_zone from ${company} c), 'UTC') as zone) z`),
)
