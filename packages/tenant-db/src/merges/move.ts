import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { getTableName, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** What went from the merged record to the one that is left: ids of rows, or whole rows, by where they are. */
export type Moved = Record<string, unknown[]>

/** One way in which rows point at a record, taken along by a merge and given back when it is undone. */
export interface Reference {
  /** `table.column` of the foreign key. */
  name: string
  take(executor: Executor, pair: Pair): Promise<Moved>
  giveBack(executor: Executor, pair: Pair, moved: Moved): Promise<void>
}

/** From the merged record to the one that is left. */
export interface Pair {
  from: string
  to: string
}

type Parameters = { from: string; to: string; ids: string }
type Ids = Statement<Parameters, { id: string }>

const from = sql`${sql.placeholder('from')}::uuid`
const to = sql`${sql.placeholder('to')}::uuid`
const ids = sql`${sql.placeholder('ids')}::uuid[]`

/** Rows that point at the record, but for those where `unless` holds of the row `t`; these stay. */
export function pointing(
  column: PgColumn,
  { unless }: { unless?: (pair: { from: SQL; to: SQL }) => SQL } = {},
): Reference {
  const name = nameOf(column)
  const own = sql.identifier(column.name)
  const stays = unless === undefined ? sql`` : sql` and not (${unless({ from, to })})`
  const take: Ids = statement((db) =>
    db.execute<{ id: string }>(
      sql`update ${column.table} t set ${own} = ${to} where t.${own} = ${from}${stays} returning t.id`,
    ),
  )
  // What has been pointed elsewhere since stays there.
  const back: Ids = statement((db) =>
    db.execute<{ id: string }>(
      sql`update ${column.table} t set ${own} = ${from} where t.id = any(${ids}) and t.${own} = ${to} returning t.id`,
    ),
  )
  return {
    name,
    take: async (executor, pair) => ({ [name]: idsIn(await executor.run(take, { ...pair, ids: '{}' })) }),
    async giveBack(executor, pair, moved) {
      await executor.run(back, { ...pair, ids: arrayOf(moved[name]) })
    },
  }
}

/** Does `extra` before rows are taken along, and takes it back after they were given back. Both are kept under names of their own. */
export function withExtra(
  reference: Reference,
  extra: Pick<Reference, 'take' | 'giveBack'>,
  when: 'before' | 'after',
): Reference {
  const [first, second] = when === 'before' ? [extra, reference] : [reference, extra]
  return {
    name: reference.name,
    take: async (executor, pair) => ({ ...(await first.take(executor, pair)), ...(await second.take(executor, pair)) }),
    async giveBack(executor, pair, moved) {
      await second.giveBack(executor, pair, moved)
      await first.giveBack(executor, pair, moved)
    },
  }
}

/** A change of some rows by two statements: what it did to which, and the way back by their ids. */
export function change(name: string, { take, back }: { take: SQL; back: SQL }): Pick<Reference, 'take' | 'giveBack'> {
  const forth: Ids = statement((db) => db.execute<{ id: string }>(take))
  const backwards: Ids = statement((db) => db.execute<{ id: string }>(back))
  return {
    take: async (executor, pair) => ({ [name]: idsIn(await executor.run(forth, { ...pair, ids: '{}' })) }),
    async giveBack(executor, pair, moved) {
      await executor.run(backwards, { ...pair, ids: arrayOf(moved[name]) })
    },
  }
}

export const parameters = { from, to, ids }

export function nameOf(column: PgColumn): string {
  return `${getTableName(column.table)}.${column.name}`
}

function idsIn(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id)
}

function arrayOf(moved: unknown[] | undefined): string {
  return `{${(moved ?? []).join()}}`
}
