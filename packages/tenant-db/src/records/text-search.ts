import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { live } from '../envelope.ts'
import { containing, type Filter } from './filter.ts'
import { literal } from './literal.ts'
import type { RecordTable } from './record-table.ts'

/** Where the texts of a list are. */
export interface Texts {
  /** Ids of the rows whose text matches, read from indexes alone (see `fromIndex`). An id may come twice. */
  ids(pattern: SQL): SQL
  /** The same question asked of one row. */
  where(pattern: SQL): SQL
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
  ids?: string[]
  pattern?: string
}

/** Beyond this many rows a list walks its order and asks each row, which soon has filled a page. */
const few = 1000

/**
 * Search in two steps, because no index on the text can be used under row security, and because nobody knows beforehand
 * whether a text is rare. First the matching ids are read from an index that holds nothing but texts (33 ms for 200,000
 * rows, less when more than enough are found early). Then the page is cut out of them, or its order is walked.
 */
export class TextSearch {
  readonly #texts: Texts
  readonly #matches: Statement<{ text: string }, { id: string }>

  constructor(texts: Texts) {
    this.#texts = texts
    this.#matches = statement((db) =>
      db.execute<{ id: string }>(sql`${texts.ids(pattern(sql.placeholder('text')))} limit ${literal(few + 1)}`),
    )
  }

  /** Nothing when there is no text to search for. The bin is small, and its rows are asked one by one. */
  async matches(executor: Executor, { search, show }: { search?: string | undefined; show: string }): Promise<Matches> {
    const text = containing(search)
    if (text === undefined) return {}
    if (show === 'deleted') return this.ofRows({ search })
    const rows = await executor.run(this.#matches, { text })
    return rows.length > few ? { pattern: text } : { ids: rows.map(({ id }) => id) }
  }

  /** To be asked of each row. */
  ofRows({ search }: { search?: string | undefined }): Matches {
    const text = containing(search)
    return text === undefined ? {} : { pattern: text }
  }

  filters(id: PgColumn): Record<string, Filter<Matches>> {
    return {
      matchingIds: { of: ({ ids }) => ids && `{${ids.join()}}`, where: (ids) => sql`${id} = any(${ids}::uuid[])` },
      matchingText: { of: (matches) => matches.pattern, where: (text) => this.#texts.where(pattern(text)) },
    }
  }
}

/**
 * `rows` is a plain select of what an index holds, in the order of that index. OFFSET keeps Postgres from asking the
 * question earlier, and the order makes it read the index: without them it reads the whole table.
 */
export function fromIndex(rows: SQL): SQL {
  return sql`(${rows} offset 0)`
}

/** Lowered once, and by the database, which has lowered the texts too. */
function pattern(text: unknown): SQL {
  return sql`(select lower(${text}))`
}
