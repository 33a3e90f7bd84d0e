import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { live } from '../envelope.ts'
import { LimitedExecutor } from '../row-access/limited-executor.ts'
import type { TextSource } from '../search-texts/table.ts'
import { containing, withoutZeroBytes, type Filter } from './filter.ts'
import { literal } from './literal.ts'
import type { RecordTable } from './record-table.ts'

/** Where the texts of a list are. */
export interface Texts {
  /** Ids of the rows whose text matches, read from indexes alone (see `fromIndex`). An id may come twice. */
  ids(pattern: SQL): SQL
  /** The same question asked of one row. */
  where(pattern: SQL): SQL
  /** Where they are in `searchTexts` too. */
  kept?: TextSource
}

/** The texts of a record that are all in its own `searchText`. */
export function ownText(table: RecordTable & { searchText: PgColumn }): Texts {
  const rows = sql`select ${table.id}, ${table.searchText} from ${table} where ${live} order by ${table.tenantId}, ${table.id}`
  return {
    ids: (sought) => sql`select id from ${fromIndex(rows)} as texts where search_text like ${sought}`,
    where: (sought) => sql`${table.searchText} like ${sought}`,
  }
}

/** What a list asks of its rows for a search: nothing without a text, and one of these with it. */
export type Sought =
  /** The rows themselves, as Postgres writes an array, when they are few. */
  | { ids: string }
  /** Each row is asked. */
  | { pattern: string }
  /** The statement of the list asks the index on parts of texts first. */
  | { text: string; pattern: string }

/** Beyond this many rows a list walks its order and asks each row, which soon has filled a page. */
const few = 1000

/**
 * Row security keeps the question out of the index on parts of texts, and nobody knows beforehand whether a text is rare. So
 * first the matching ids are found; then the page is cut out of them, or its order is walked. Ids come from the index on parts
 * of texts where a function of the database's owner may ask it, and then one statement does both. Elsewhere, and for what
 * that index does not know, they are read before from an index that holds nothing but texts: 33 ms of 200,000 rows, less when
 * more than enough are found early.
 */
export class TextSearch {
  readonly #table: SearchedTable
  readonly #texts: Texts
  readonly #matches: Statement<{ pattern: string }, { id: string }>

  constructor(table: SearchedTable, texts: Texts) {
    this.#table = table
    this.#texts = texts
    this.#matches = statement((db) =>
      db.execute<{ id: string }>(sql`${texts.ids(lowered(sql.placeholder('pattern')))} limit ${literal(few + 1)}`),
    )
  }

  /** The bin is small, and its rows are asked one by one. */
  async sought(
    executor: Executor,
    { search = '', show }: { search?: string | undefined; show: string },
  ): Promise<Sought | undefined> {
    const pattern = containing(search)
    if (pattern === undefined) return undefined
    if (show === 'deleted') return { pattern }
    // Row security spares a limited member the texts of what they do not see, and the function answers them nothing.
    if (this.#texts.kept !== undefined && isKnownToIndexes(search) && !(executor instanceof LimitedExecutor))
      return { text: withoutZeroBytes(search), pattern }
    const rows = await executor.run(this.#matches, { pattern })
    return rows.length > few ? { pattern } : { ids: `{${rows.map(({ id }) => id).join()}}` }
  }

  /** To be asked of each row. */
  ofRows({ search }: { search?: string | undefined }): Sought | undefined {
    const pattern = containing(search)
    return pattern === undefined ? undefined : { pattern }
  }

  /** Of a list that asks nothing else about texts. */
  filters(): Record<string, Filter<Sought>> {
    const { id } = this.#table
    return {
      matchingIds: {
        of: (sought) => ('ids' in sought ? sought.ids : undefined),
        where: (ids) => sql`${id} = any(${ids}::uuid[])`,
      },
      matchingText: {
        of: (sought) => ('ids' in sought || 'text' in sought ? undefined : sought.pattern),
        where: (pattern) => this.#texts.where(lowered(pattern)),
      },
    }
  }

  /**
   * The rows that have the text, of those that `where` leaves: all when the index knows them, else the first that `walk` comes
   * to. The parameters are `text` and `pattern`. Of a sub-select Postgres expects ten ids, so that the plan does not
   * depend on what is looked for, and is made once.
   */
  isKept(where: SQL, walk: SQL): SQL {
    const { id } = this.#table
    return sql`${id} = any(array(select found.id from ${this.#keptIds()} cross join lateral (
      select unnest(kept.ids) as id union all (select ${id} from ${this.#walked(where)} ${walk})) as found))`
  }

  /** A select that has a row for each of these rows, up to `limit`. */
  keptRows(where: SQL, limit: SQL): SQL {
    const table = this.#table
    return sql`select one from ${this.#keptIds()} cross join lateral (
      select 1 as one from ${table} where ${table.id} = any(kept.ids) and ${where}
      union all (select 1 from ${this.#walked(where)} limit ${limit})) as found limit ${limit}`
  }

  /** OFFSET keeps Postgres from calling the function wherever its answer is looked at. */
  #keptIds(): SQL {
    const find = sql.identifier(`${this.#texts.kept}_with_text`)
    return sql`(select crm.${find}(${sql.placeholder('text')}::text) as ids offset 0) as kept`
  }

  /**
   * Asked only where many rows have the text. Postgres would expect one in 200 of a pattern that it does not know, and sort all
   * the rows of a smaller company rather than walk; of a CASE it expects every other.
   */
  #walked(where: SQL): SQL {
    const matching = this.#texts.where(lowered(sql.placeholder('pattern')))
    return sql`${this.#table} where kept.ids is null and ${where} and case when ${matching} then true else false end`
  }
}

type SearchedTable = PgTable & Record<'id', PgColumn>

/** Whether the function can look for it: for more than what separates words in nearly all texts. */
function isKnownToIndexes(text: string): boolean {
  return /[^-@.+_\s]/.test(withoutZeroBytes(text))
}

/**
 * `rows` is a plain select of what an index holds, in the order of that index. OFFSET keeps Postgres from asking the
 * question earlier, and the order makes it read the index: without them it reads the whole table.
 */
export function fromIndex(rows: SQL): SQL {
  return sql`(${rows} offset 0)`
}

/** Lowered once, and by the database, which has lowered the texts too. */
function lowered(pattern: unknown): SQL {
  return sql`(select lower(${pattern}))`
}
