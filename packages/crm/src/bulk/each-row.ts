import type { RowResult } from '@tenantry/contracts/bulk'
import { isTenantryError } from '@tenantry/errors'
import type { TenantDb } from '@tenantry/tenant-db/types'

/**
 * Does the same to many rows in one transaction, each in a part that can fail alone: a row that is refused stays as it was and
 * says why, the others are changed. Whatever is no answer to this row, such as a lost connection, fails them all.
 */
export async function eachRow<Row>(
  tenantDb: TenantDb,
  rows: readonly Row[],
  work: (db: TenantDb, row: Row) => Promise<{ version: number }>,
): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const row of rows) results.push(await oneRow(tenantDb, row, work))
  return results
}

async function oneRow<Row>(
  tenantDb: TenantDb,
  row: Row,
  work: (db: TenantDb, row: Row) => Promise<{ version: number }>,
): Promise<RowResult> {
  try {
    const { version } = await tenantDb.transaction((part) => work(part, row))
    return { done: true, version }
  } catch (error) {
    if (!isTenantryError(error) || error.status >= 500) throw error
    const { code, message } = error
    return { done: false, code, message }
  }
}
