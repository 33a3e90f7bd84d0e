import { is, sql, type SQL } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import * as schema from '../schema.ts'
import type { ImportedKind } from './imported-kind.ts'

/** Whether anything but its own parts points at the record `t`: read off the foreign keys, so that no table can be forgotten. */
export function isPointedAt({ table, parts }: Pick<ImportedKind, 'table' | 'parts'>): SQL {
  const pointers = Object.values(schema).flatMap((other) =>
    is(other, PgTable) && !parts.includes(other) ? pointersOf(other, table) : [],
  )
  return pointers.length === 0 ? sql`false` : sql`(${sql.join(pointers, sql` or `)})`
}

function pointersOf(from: PgTable, to: PgTable): SQL[] {
  return getTableConfig(from).foreignKeys.flatMap((key) => {
    const { columns, foreignTable } = key.reference()
    // The other column of each key is the tenant.
    const pointer = columns.find(({ name }) => name !== 'tenant_id')
    if (foreignTable !== to || pointer === undefined) return []
    return [
      sql`exists (select from ${from} o where o.tenant_id = t.tenant_id and o.${sql.identifier(pointer.name)} = t.id)`,
    ]
  })
}
