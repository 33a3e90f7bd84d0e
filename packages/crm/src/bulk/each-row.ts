import type { RefResult, RowResult } from '@tenantry/contracts/bulk'
import { isTenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'

/**
 * Does the same to many rows in one transaction, each in a part that can fail alone: a row that is refused stays as it was and
 * says why, the others are changed. Whatever is no answer to this row, such as a lost connection, fails them all. The oldest
 * has its turn first, in whatever order they are named; the results are in the order of the names.
 */
export function eachRow<Row extends Named>(
  tenantDb: TenantDb,
  rows: readonly Row[],
  work: (db: TenantDb, row: Row) => Promise<{ version: number }>,
): Promise<RowResult[]> {
  return eachPart(tenantDb, rows, async (part, row) => {
    const { version } = await work(part, row)
    return { version }
  })
}

/** The same for rows that have no version. */
export function eachRef<Row extends Named>(
  tenantDb: TenantDb,
  rows: readonly Row[],
  work: (db: TenantDb, row: Row) => Promise<unknown>,
): Promise<RefResult[]> {
  return eachPart(tenantDb, rows, async (part, row) => {
    await work(part, row)
    return {}
  })
}

interface Named {
  id: string
}

type Outcome<Told> = ({ done: true } & Told) | Extract<RowResult, { done: false }>

async function eachPart<Row extends Named, Told extends object>(
  tenantDb: TenantDb,
  rows: readonly Row[],
  work: (db: TenantDb, row: Row) => Promise<Told>,
): Promise<Outcome<Told>[]> {
  // By their ids, as everybody: of two callers with some of the same one waits for the other, and never both.
  const turns = rows.map((row, at) => ({ row, at })).toSorted((a, b) => compare(a.row.id, b.row.id))
  const outcomes: Outcome<Told>[] = []
  for (const { row, at } of turns) outcomes[at] = await onePart(tenantDb, row, work)
  return outcomes
}

async function onePart<Row, Told extends object>(
  tenantDb: TenantDb,
  row: Row,
  work: (db: TenantDb, row: Row) => Promise<Told>,
): Promise<Outcome<Told>> {
  try {
    const told = await tenantDb.transaction((part) => work(part, row))
    return { done: true, ...told }
  } catch (error) {
    if (!isTenantryError(error) || error.status >= 500) throw error
    const { code, message } = error
    return { done: false, code, message }
  }
}

function compare(one: string, other: string): number {
  return Number(one > other) - Number(one < other)
}
