import type { Executor } from '@tenantry/connections/database'
import { sql } from 'drizzle-orm'
import { columnsOf, type SealedTable } from './columns.ts'
import type { ResealedValue } from './value.ts'

/**
 * Compare-and-set of one table's rows, all columns of a row together. Rows are locked in the order of their ids first, so
 * that two operators who have the same tenants in hand do not wait for each other in a circle. Gives the values replaced.
 */
export async function replaceIn(tx: Executor, place: SealedTable, values: readonly ResealedValue[]): Promise<number> {
  const columns = columnsOf(place)
  const rows = new Map<string, Record<string, string>>()
  for (const { rowId, column, sealed, resealed } of values) {
    const at = columns.findIndex(([name]) => name === column)
    if (at < 0) continue
    rows.set(rowId, { ...rows.get(rowId), id: rowId, [`old_${at}`]: sealed, [`new_${at}`]: resealed })
  }
  if (rows.size === 0) return 0
  const given = JSON.stringify([...rows.values()])
  const shape = columns.map((_, at) => sql`${sql.identifier(`old_${at}`)} text, ${sql.identifier(`new_${at}`)} text`)
  const sets = columns.map(([, column], at) => {
    const name = sql.identifier(column.name)
    return sql`${name} = coalesce(v.${sql.identifier(`new_${at}`)}, t.${name})`
  })
  const unchanged = columns.map(([, column], at) => {
    const old = sql`v.${sql.identifier(`old_${at}`)}`
    return sql`(${old} is null or t.${sql.identifier(column.name)} = ${old})`
  })
  const counted = columns.map((_, at) => sql`(v.${sql.identifier(`new_${at}`)} is not null)::int`)
  const [found] = await tx.db.execute<{ n: string | null }>(sql`
    with v as materialized (
      select * from jsonb_to_recordset(${given}::jsonb) as v(id uuid, ${sql.join(shape, sql`, `)})
    ), mine as materialized (
      select ${place.rowId} as id from ${place.table} where ${place.rowId} in (select id from v)
      order by ${place.rowId} for no key update
    ), changed as (
      update ${place.table} as t set ${sql.join(sets, sql`, `)}
      from mine join v on v.id = mine.id
      where t.${sql.identifier(place.rowId.name)} = v.id and ${sql.join(unchanged, sql` and `)}
      returning ${sql.join(counted, sql` + `)} as n
    )
    select sum(n) as n from changed`)
  return Number(found?.n ?? 0)
}
