import { openAdminLink, type AdminLink } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { isTenantryError } from '@tenantry/errors'
import { spoilingOf, type Corruption, type MappedColumn } from './corruption.ts'

/** The superuser at the tenant database, without its foreign keys: they would catch too much. */
export async function openVandal(admin: Target): Promise<AdminLink> {
  const link = await openAdminLink(admin)
  await link.run('set session_replication_role = replica')
  return link
}

/** Spoils one row that was not spoiled yet. Undefined when the table's own rules refused it, or no row was left. */
export async function corrupt(
  vandal: AdminLink,
  columns: readonly MappedColumn[],
  { random, spoiled }: { random: (below: number) => number; spoiled: Set<string> },
): Promise<Corruption | undefined> {
  const tables = [...new Set(columns.map(({ table }) => table))]
  const table = tables[random(tables.length)] ?? ''
  const key = keyOf(table)
  const rows = await vandal.run<{ key: string }>(`select ${key} as key from crm.${table} order by 1`)
  const left = rows.filter((row) => !spoiled.has(`${table} ${row.key}`))
  const row = left[random(left.length)]
  if (row === undefined) return undefined
  const own = columns.filter((column) => column.table === table)
  const change = random(8)
  try {
    const done =
      change === 0
        ? await removeRow(vandal, table, row.key)
        : change === 1
          ? await addRow(vandal, { table, key: row.key, columns: own })
          : await spoilValue(vandal, { table, key: row.key, column: own[random(own.length)], isToNull: change <= 3 })
    if (done !== undefined) spoiled.add(`${table} ${row.key}`).add(`${table} ${done.key}`)
    return done
  } catch (error) {
    // A check or a unique index keeps the table from saying this; then nobody needs to find it.
    if (isTenantryError(error, 'RULE_VIOLATED') || isTenantryError(error, 'CONFLICT')) return undefined
    throw error
  }
}

const keyOf = (table: string) =>
  table === 'transfer_quarantine' ? `source_table || ' ' || source_id || ' ' || column_name` : 'id::text'

async function removeRow(vandal: AdminLink, table: string, key: string): Promise<Corruption> {
  await vandal.run(`delete from crm.${table} where ${keyOf(table)} = $1`, [key])
  return { table, key, what: 'a row is gone', kind: 'missing', column: undefined }
}

async function addRow(
  vandal: AdminLink,
  { table, key, columns }: { table: string; key: string; columns: readonly MappedColumn[] },
): Promise<Corruption | undefined> {
  const id = table === 'transfer_quarantine' ? 'source_id' : 'id'
  const others = columns.map(({ column }) => column).filter((column) => column !== id)
  const [added] = await vandal.run<{ key: string }>(
    `insert into crm.${table} (tenant_id, ${id}, ${others.join(', ')}) select tenant_id, gen_random_uuid(), ${others.join(', ')}
     from crm.${table} where ${keyOf(table)} = $1 returning ${keyOf(table)} as key`,
    [key],
  )
  return added && { table, key: added.key, what: 'a row too many', kind: 'extra', column: undefined }
}

async function spoilValue(
  vandal: AdminLink,
  { table, key, column, isToNull }: { table: string; key: string; column: MappedColumn | undefined; isToNull: boolean },
): Promise<Corruption | undefined> {
  const isKey = column === undefined || ['id', 'source_id', 'source_table', 'column_name'].includes(column.column)
  if (isKey || (isToNull && !column.isNullable)) return undefined
  const spoiling = isToNull ? { what: 'a NULL' as const, sql: 'null' } : spoilingOf(column)
  if (spoiling === undefined) return undefined
  const changed = await vandal.run(
    `update crm.${table} set ${column.column} = ${spoiling.sql.replaceAll('$$', column.column)}
     where ${keyOf(table)} = $1 and ${column.column} is not null returning 1`,
    [key],
  )
  return changed.length === 0
    ? undefined
    : { table, key, what: spoiling.what, kind: 'different', column: column.column }
}
