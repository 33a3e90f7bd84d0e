import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
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

/** What a search came to: the rows themselves when they are few, else the pattern. One of them is there. */
export interface Matches {
  /** As Postgres writes an array. */
  ids?: string
  pattern?: string
}

/** Beyond this many rows a list walks its order and asks each row, which soon has filled a page. */
const few = 1000

/**
 * Search in two steps, because row security keeps the question out of the index on parts of texts, and because nobody knows
 * beforehand whether a text is rare. First the matching ids are found; then the page is cut out of them, or its order is
 * walked. Ids come from the index on parts of texts where a function of the database's owner may ask it, in 1 to 2 ms of
 * 200,000 rows. Elsewhere, and for what that index does not know, they are read from an index that holds nothing but texts:
 * 33 ms, less when more than enough are found early.
 */
export class TextSearch {
  readonly #texts: Texts
  readonly #matches: Statement<{ pattern: string }, { id: string }>
  readonly #kept: Statement<{ text: string }, { ids: string | null }> | undefined

  constructor(texts: Texts) {
    const { kept } = texts
    this.#texts = texts
    this.#matches = statement((db) =>
      db.execute<{ id: string }>(sql`${texts.ids(lowered(sql.placeholder('pattern')))} limit ${literal(few + 1)}`),
    )
    this.#kept =
      kept &&
      statement((db) =>
        db.execute<{ ids: string | null }>(
          sql`select crm.${sql.identifier(`${kept}_with_text`)}(${sql.placeholder('text')}::text)::text as ids`,
        ),
      )
  }

  /** Nothing when there is no text to search for. The bin is small, and its rows are asked one by one. */
  async matches(
    executor: Executor,
    { search = '', show }: { search?: string | undefined; show: string },
  ): Promise<Matches> {
    const pattern = containing(search)
    if (pattern === undefined) return {}
    if (show === 'deleted') return { pattern }
    // Row security spares a limited member the texts of what they do not see, and the function answers them nothing.
    if (this.#kept !== undefined && isInParts(search) && !(executor instanceof LimitedExecutor)) {
      const [row] = await executor.run(this.#kept, { text: withoutZeroBytes(search) })
      return row?.ids == null ? { pattern } : { ids: row.ids }
    }
    const rows = await executor.run(this.#matches, { pattern })
    return rows.length > few ? { pattern } : { ids: `{${rows.map(({ id }) => id).join()}}` }
  }

  /** To be asked of each row. */
  ofRows({ search }: { search?: string | undefined }): Matches {
    const pattern = containing(search)
    return pattern === undefined ? {} : { pattern }
  }

  filters(id: PgColumn): Record<string, Filter<Matches>> {
    return {
      matchingIds: { of: ({ ids }) => ids, where: (ids) => sql`${id} = any(${ids}::uuid[])` },
      matchingText: { of: ({ pattern }) => pattern, where: (pattern) => this.#texts.where(lowered(pattern)) },
    }
  }
}

/** Whether the index on parts of texts can be asked for it, on every server; the function asks the same. */
function isInParts(text: string): boolean {
  return /[a-z0-9]{3}/i.test(withoutZeroBytes(text))
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
