import type { Executor, LeasedDrizzle } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { Count } from '@tenantry/contracts/pages'
import { and, sql, type SQL } from 'drizzle-orm'
import { cappedCount, countOf } from './capped-count.ts'
import type { RecordTable } from './record-table.ts'

/** Which rows: those in use, the archive, the bin, or both of the first. */
export type ShownSettings = 'active' | 'archived' | 'deleted' | 'all'

export interface SettingListParts<Row, Asked> {
  table: RecordTable
  /** Of the rows that are shown, those that are asked for; left out, all. By placeholders named like what is asked. */
  where?: SQL | undefined
  /** Their values, where these are not what is asked. */
  parameters?: (asked: Asked) => Record<string, unknown>
  /** The query for rows, up to WHERE and in their order; a limit where there can be more than somebody looks through. */
  select(db: LeasedDrizzle, where: SQL | undefined): PromiseLike<readonly Row[]>
}

/** A list of what a company sets up for itself, of which it has so few that they come at once, without pages. */
export class SettingList<Row, Asked extends { show: ShownSettings }> {
  readonly #rows
  readonly #count
  readonly #parameters: (asked: Asked) => Record<string, unknown>

  constructor({ table, where, parameters = (asked) => ({ ...asked }), select }: SettingListParts<Row, Asked>) {
    this.#parameters = parameters
    const asked = and(where, shown(table))
    this.#rows = statement<Record<string, unknown>, Row>((db) => select(db, asked))
    this.#count = countOf(sql`${table} where ${asked}`)
  }

  /** The one page that there is. */
  page(executor: Executor, asked: Asked): Promise<Row[]> {
    return executor.run(this.#rows, this.#parameters(asked))
  }

  count(executor: Executor, asked: Asked): Promise<Count> {
    return cappedCount(executor, this.#count, this.#parameters(asked))
  }
}

/** One text for all of them: a plan that is right for so few rows is right for each. */
function shown({ archivedAt, deletedAt }: RecordTable): SQL {
  const show = sql`${sql.placeholder('show')}::text`
  return sql`case when ${show} = 'deleted' then ${deletedAt} is not null
    else ${deletedAt} is null and (${show} = 'all' or (${archivedAt} is not null) = (${show} = 'archived')) end`
}
