import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { countCap, type Count } from '@tenantry/contracts/pages'
import { sql, type SQL } from 'drizzle-orm'
import { literal } from './literal.ts'

export type CountStatement = Statement<Record<string, unknown>, { count: number }>

/** Counts the rows of a FROM with its WHERE to the cap and no further: the cost does not grow with the table. */
export function countOf(from: SQL): CountStatement {
  return countOfRows((limit) => sql`select from ${from} limit ${limit}`)
}

/** The same of rows that are selected otherwise, no more than `limit` of them. */
export function countOfRows(rows: (limit: SQL) => SQL): CountStatement {
  return statement<Record<string, unknown>, { count: number }>((db) =>
    db.execute<{ count: number }>(
      sql`select count(*)::integer as count from (${rows(literal(countCap + 1))}) as counted`,
    ),
  )
}

export async function cappedCount(
  executor: Executor,
  counting: CountStatement,
  parameters: Record<string, unknown>,
): Promise<Count> {
  const [row] = await executor.run(counting, parameters)
  const count = row?.count ?? 0
  return { count: Math.min(count, countCap), capped: count > countCap }
}
