import type { Executor } from '@tenantry/connections/database'
import { getTableName, is, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { statement } from '@tenantry/connections/statement'
import { identity } from '../identity/table.ts'
import * as schema from '../schema.ts'
import { searchTexts } from '../search-texts/table.ts'

/** How many rows the tenant has in each table, for people who look after its database. */
export class RowCountsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** By table, each counted up to `countTo`. One statement. */
  async count(countTo: number): Promise<Record<string, number>> {
    const rows = await this.#executor.run(countEach, { countTo })
    return Object.fromEntries(rows.map(({ name, rows: count }) => [name, Number(count)]))
  }
}

/** The role that serves requests may read every table but the one that says whose the database is, and the one of texts. */
const tables = Object.values<unknown>(schema).filter(
  (value): value is PgTable => is(value, PgTable) && value !== identity && value !== searchTexts,
)

const countEach = statement<{ countTo: number }, { name: string; rows: string }>((db) => {
  const parts = tables.map(
    (table) =>
      sql`select ${sql.param(getTableName(table))}::text as name,
        (select count(*) from (select from ${table} limit ${sql.placeholder('countTo')}::bigint) counted) as rows`,
  )
  return db.execute<{ name: string; rows: string }>(sql`${sql.join(parts, sql` union all `)} order by name`)
})
