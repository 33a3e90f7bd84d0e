import type { AdminRun } from '@tenantry/connections/admin'
import { TenantryError } from '@tenantry/errors'
import { legacyTables, legacyTableNames } from '../legacy/columns.ts'

/**
 * Compares the old tables as they are with those the manifest was written for. A column that is not known was never decided
 * about, so its contents would stay behind unnoticed: throws TRANSFER_PLAN_INCOMPLETE and names every one.
 */
export async function assertDecided(run: AdminRun): Promise<void> {
  const found = await run<{ table: string; column: string; type: string }>(
    `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
       and c.relname = any($1)`,
    [legacyTableNames],
  )
  const problems = legacyTableNames.flatMap((table) => {
    const columns = found.filter((column) => column.table === table)
    if (columns.length === 0) return [`there is no table ${table}`]
    const known: Record<string, string> = legacyTables[table]
    const extra = columns
      .filter(({ column }) => !(column in known))
      .map(({ column }) => `${table}.${column} is not decided about`)
    const wrong = Object.entries(known).flatMap(([column, type]) => {
      const actual = columns.find((candidate) => candidate.column === column)
      if (actual === undefined) return [`${table}.${column} is missing`]
      return isLike(actual.type, type) ? [] : [`${table}.${column} is ${actual.type} instead of ${type}`]
    })
    return [...extra, ...wrong]
  })
  if (problems.length > 0) {
    throw new TenantryError('TRANSFER_PLAN_INCOMPLETE', {
      message: `The old tables are not those of the manifest: ${problems.join('; ')}.`,
      data: { problems },
    })
  }
}

/** Other lengths of one kind of text or number hold the same values. */
function isLike(actual: string, wanted: string): boolean {
  return actual === wanted || (wanted === 'text' && actual.startsWith('character varying'))
}
