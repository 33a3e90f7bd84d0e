import type { Executor, LeasedDrizzle } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import type { Count, Page, SortOrder } from '@tenantry/contracts/pages'
import { and, isNotNull, isNull, sql, type Placeholder, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { customFilter, soughtCustom } from '../custom-fields/custom-search.ts'
import { customizedEntityOf } from '../custom-fields/customized-tables.ts'
import { OwnRows, ownFilter, type Whose } from '../row-access/own-rows.ts'
import { cappedCount, countOf, countOfRows, type CountStatement } from './capped-count.ts'
import { readCursor, writeCursor, type Place } from './cursor.ts'
import { askedFilters, conditionsOf, parametersOf, shapeOf, type Filter } from './filter.ts'
import { literalLimit } from './literal.ts'
import { TextSearch, type Sought, type Texts } from './text-search.ts'

/** Of one list; a connection keeps no more prepared statements than this of all. */
export const maxShapes = 300

/** One order a list offers. There is an index on (tenant, key, id), so every page costs what the first costs. */
export interface Sort<Row> {
  /** Never null: a null compares with nothing, and the rows behind it would be lost. */
  key: PgColumn | SQL
  /** The same of a row that was read, for the cursor. */
  of(row: Row): string | number
  shape: z.ZodType<string | number>
}

export interface ListQuery<SortName extends string> {
  search?: string | undefined
  show: 'active' | 'archived' | 'deleted'
  sort: SortName
  order: SortOrder
  cursor?: string | null | undefined
  limit: number
  filters?: object
}

/** Rows without archive and bin are shown always. */
type ListedTable = PgTable &
  Record<'tenantId' | 'id', PgColumn> &
  Partial<Record<'archivedAt' | 'deletedAt' | 'custom', PgColumn>>

export interface ListingParts<Row, SortName extends string, Query> {
  table: ListedTable
  sorts: Record<SortName, Sort<Row>>
  filters: Record<string, Filter<Query>>
  texts: Texts
  /** Left out where the rows are everybody's, or no index tells whose they are. */
  whose?: Whose | readonly [Whose, ...Whose[]]
  /** The query for rows, up to its joins. `finish` goes into WHERE, ORDER BY and LIMIT. */
  select(
    db: LeasedDrizzle,
    finish: { where: SQL | undefined; orderBy: SQL[]; limit: Placeholder },
  ): PromiseLike<readonly Row[]>
}

/**
 * A list: keyset pages and a capped count. The SQL depends on the shape of a query only (sort, order, which filters,
 * which rows), so each shape is built once and its plan is reused. Filters make more shapes than anybody uses; those that
 * were used last are kept.
 */
export class Listing<Row extends { id: string }, SortName extends string, Query extends ListQuery<SortName>> {
  readonly #parts: ListingParts<Row, SortName, Query>
  readonly #search: TextSearch
  readonly #own: OwnRows | undefined
  readonly #pages = new LRUCache<string, Statement<Record<string, unknown>, Row>>({ max: maxShapes })
  readonly #counts = new LRUCache<string, CountStatement>({ max: maxShapes })

  constructor(parts: ListingParts<Row, SortName, Query>) {
    this.#parts = parts
    this.#search = new TextSearch(parts.table, parts.texts)
    this.#own = parts.whose && new OwnRows(parts.table, ...[parts.whose].flat())
  }

  /** Throws BAD_INPUT when the cursor was made for another order. */
  async page(executor: Executor, query: Query): Promise<Page<Row>> {
    const sort = this.#parts.sorts[query.sort]
    const madeFor = `${query.sort} ${query.order}`
    const after =
      query.cursor == null ? undefined : readCursor(query.cursor, madeFor, { value: sort.shape, id: z.uuid() })
    const asked = await this.#asked(executor, query)
    if (asked === undefined) return { rows: [], nextCursor: null }
    const rows = await executor.run(this.#pageOf(query, asked, after), {
      ...asked.parameters,
      ...(after && { after: after.value, afterId: after.id }),
      limit: rowsToRead(query),
    })
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
    return {
      rows: last ? rows.slice(0, query.limit) : rows,
      nextCursor: last ? writeCursor(madeFor, { value: sort.of(last), id: last.id }) : null,
    }
  }

  /** Counts to the cap and no further: the cost does not grow with the table. */
  async count(executor: Executor, query: Query): Promise<Count> {
    const asked = await this.#asked(executor, query)
    if (asked === undefined) return { count: 0, capped: false }
    return cappedCount(executor, this.#countOf(asked), asked.parameters)
  }

  /** Nothing when it is known already that no row is found. */
  async #asked(executor: Executor, query: Query): Promise<AskedRows | undefined> {
    const { filters, table } = this.#parts
    const custom = await soughtCustom(executor, customizedEntityOf(table), query.filters)
    const own = (await this.#own?.of(executor)) ?? {}
    if (own.ids === '{}') return undefined
    // Own rows are few, and are asked one by one.
    const sought = own.ids === undefined ? await this.#search.sought(executor, query) : this.#search.ofRows(query)
    if (isNothing(sought)) return undefined
    const asked = [
      ...askedFilters(ownFilter(table.id), own),
      ...askedFilters(filters, query),
      ...(table.custom ? askedFilters(customFilter(table.custom), custom) : []),
      ...(sought ? askedFilters(this.#search.filters(), sought) : []),
    ]
    const isKept = sought !== undefined && 'text' in sought
    return {
      shape: `${query.show} ${isKept ? 'kept ' : ''}${shapeOf(asked)}`,
      parameters: { ...parametersOf(asked), ...(isKept && sought) },
      where: () => and(shown(table, query.show), ...conditionsOf(asked)) ?? sql`true`,
      isKept,
    }
  }

  #pageOf(query: Query, { shape: rowShape, where, isKept }: AskedRows, after: Place | undefined) {
    const { sort, order } = query
    const rows = isUsual(query) ? rowsToRead(query) : 'any'
    const shape = `${sort} ${order} ${rows} ${after ? 'next' : 'first'} ${rowShape}`
    return remember(this.#pages, shape, () => {
      const { table, sorts, select } = this.#parts
      const { key } = sorts[sort]
      const [way, beyond] = order === 'asc' ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`]
      const place = sql`(${key}, ${table.id}) ${beyond} (${sql.placeholder('after')}, ${sql.placeholder('afterId')})`
      const asked = after ? sql`${where()} and ${place}` : where()
      const orderBy = [sql`${key} ${way}`, sql`${table.id} ${way}`]
      const limit = rows === 'any' ? sql.placeholder('limit') : literalLimit(rows)
      const walk = sql`order by ${sql.join(orderBy, sql`, `)} limit ${limit}`
      return statement<Record<string, unknown>, Row>((db) =>
        select(db, { where: isKept ? and(asked, this.#search.isKept(asked, walk)) : asked, orderBy, limit }),
      )
    })
  }

  #countOf({ shape, where, isKept }: AskedRows) {
    return remember(this.#counts, shape, () =>
      isKept
        ? countOfRows((limit) => this.#search.keptRows(where(), limit))
        : countOf(sql`${this.#parts.table} where ${where()}`),
    )
  }
}

/** What a query asks of rows. */
interface AskedRows {
  /** Names `where`, as far as the SQL goes. */
  shape: string
  parameters: Record<string, unknown>
  where(): SQL
  /** The statement looks for a text by itself, beside `where`. */
  isKept: boolean
}

/** One row more than asked for tells whether there is a next page. */
function rowsToRead({ limit }: { limit: number }): number {
  return limit + 1
}

/**
 * The usual sizes of pages stand in the text. For a limit it does not know Postgres expects a tenth of the table, finds the
 * plan for that too dear, and plans again each time, which takes longer than reading the page.
 */
function isUsual({ limit }: { limit: number }): boolean {
  return limit % 25 === 0
}

function isNothing(sought: Sought | undefined): boolean {
  return sought !== undefined && 'ids' in sought && sought.ids === '{}'
}

function shown({ archivedAt, deletedAt }: ListedTable, show: 'active' | 'archived' | 'deleted'): SQL | undefined {
  if (archivedAt === undefined || deletedAt === undefined) return undefined
  switch (show) {
    case 'active':
      return and(isNull(deletedAt), isNull(archivedAt))
    case 'archived':
      return and(isNull(deletedAt), isNotNull(archivedAt))
    case 'deleted':
      return isNotNull(deletedAt)
  }
}

function remember<Value extends object>(memory: LRUCache<string, Value>, key: string, make: () => Value): Value {
  let value = memory.get(key)
  if (value === undefined) memory.set(key, (value = make()))
  return value
}
