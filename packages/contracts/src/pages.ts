import { z } from 'zod'
import { UserId } from './ids.ts'
import { Instant } from './scalars.ts'

/** Rows of one page. Lists are keyset-paged: a cursor names the last row seen, so any page costs what the first costs. */
export const PageSize = z.int().min(1).max(200)
/** Opaque; made by the repository, valid for the sort it was made with. */
export const Cursor = z.string().max(2048)
/** Counting stops here: a list shows «1,000+» beyond. */
export const countCap = 1000

export const Count = z.object({ count: z.int(), capped: z.boolean() })
export type Count = z.infer<typeof Count>

export const SortOrder = z.enum(['asc', 'desc'])
export type SortOrder = z.infer<typeof SortOrder>

export interface Page<Row> {
  rows: Row[]
  /** Absent on the last page. */
  nextCursor: string | null
}

/** A page as a schema: what `Page` is for documents. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), nextCursor: z.string().nullable() })

/**
 * Two filters that leave what lies between, both ends included: `dueFrom` and `dueUntil`. What has no such value is not between
 * any two. Amounts are compared as they are, whatever their currency.
 */
export function spanOf<Name extends string, Value extends z.ZodType>(name: Name, value: Value) {
  const ends = { [`${name}From`]: value.optional(), [`${name}Until`]: value.optional() }
  // A computed name has no literal type; these two are the names.
  return ends as Record<`${Name}From` | `${Name}Until`, z.ZodOptional<Value>>
}

/** Filters of every list of records, beside those of its own. */
export const recordFilters = {
  createdBy: UserId.optional(),
  ...spanOf('created', Instant),
  ...spanOf('updated', Instant),
}

/** What every list accepts beside its own filters and sorts. `archived: 'only'` shows the archive, `deleted` the bin. */
export const listBase = {
  search: z.string().trim().max(200).optional(),
  show: z.enum(['active', 'archived', 'deleted']).default('active'),
  /** Not `direction`: tRPC's infinite queries put their own word under that name. */
  order: SortOrder.default('asc'),
  cursor: Cursor.nullish(),
  limit: PageSize.default(50),
}
