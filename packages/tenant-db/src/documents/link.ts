import type { Executor } from '@tenantry/connections/database'
import { statement, type Statement } from '@tenantry/connections/statement'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

/** The column of a table that holds the hash of a public link. */
type Linked = PgTable & Record<'id', PgColumn>

/**
 * Makes a link lead to a row; the one that did before leads nowhere any more, nor does what `clears` holds. Parameters:
 * `id`, `hash`.
 */
export function putLinkOf(
  table: Linked,
  { column, clears }: { column: PgColumn; clears?: PgColumn },
): Statement<{ id: string; hash: Uint8Array }, { id: string }> {
  const cleared = clears === undefined ? sql`` : sql`, ${sql.identifier(clears.name)} = null`
  return statement((db) =>
    db.execute<{ id: string }>(
      sql`update ${table} set ${sql.identifier(column.name)} = ${sql.placeholder('hash')}${cleared} where ${table.id} = ${sql.placeholder('id')} returning id`,
    ),
  )
}

/** Throws NOT_FOUND when there is no such row. */
export async function putLink(
  executor: Executor,
  put: Statement<{ id: string; hash: Uint8Array }, { id: string }>,
  to: { id: string; hash: Uint8Array },
): Promise<void> {
  const rows = await executor.run(put, to)
  if (rows.length === 0) throw new TenantryError('NOT_FOUND')
}

/** What a link leads to. Throws LINK_NOT_VALID for no row: it was replaced, or is none of this tenant's. */
export function linked<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new TenantryError('LINK_NOT_VALID')
  return row
}
