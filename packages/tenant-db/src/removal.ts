import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { TenantryError } from '@tenantry/errors'
import { longestStatementMs } from '@tenantry/migrations'
import { identifier } from './provision-roles.ts'

/**
 * Removes every row of one tenant from a database that others share, with its identity, in one transaction. Gives the
 * number of rows for each table that had any. `admin` passes row security by.
 */
export async function removeTenantRows(admin: Target, tenantIdInDataSource: string): Promise<Record<string, number>> {
  const work = async (run: AdminRun) => {
    const removed: Record<string, number> = {}
    await run('begin')
    // A role that row security would hide rows from is refused instead of finding none.
    await run('set local row_security = off')
    for (const table of await tablesWithRows(run)) {
      const rows = await run<{ n: string }>(
        `with gone as (delete from crm.${identifier(table)} where tenant_id = $1 returning 1) select count(*)::text as n from gone`,
        [tenantIdInDataSource],
      )
      const count = Number(rows[0]?.n ?? 0)
      if (count > 0) removed[table] = count
    }
    await run('commit')
    return removed
  }
  return await withAdminConnection(admin, work, ofAnySize)
}

/** A table of a large tenant takes longer to empty than an administrator's statement may otherwise take. */
const ofAnySize = { statementMs: longestStatementMs }

/**
 * The tables that hold a tenant's rows, each before those it points at. What no key ties to others comes last: triggers add
 * lines there of what is removed.
 */
export async function tablesWithRows(run: AdminRun): Promise<string[]> {
  const tables = await run<{ name: string }>(`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`)
  // What cascades or is emptied is no reason to wait.
  const pointers = await run<{ from: string; to: string }>(`
    select f.relname as from, t.relname as to from pg_constraint k
    join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and k.confdeltype in ('a', 'r') and k.conrelid <> k.confrelid
      and k.connamespace = 'crm'::regnamespace`)
  const names = tables.map(({ name }) => name)
  const tied = new Set(pointers.flatMap(({ from, to }) => [from, to]))
  return [
    ...pointingFirst(
      names.filter((name) => tied.has(name)),
      pointers,
    ),
    ...names.filter((name) => !tied.has(name)),
  ]
}

function pointingFirst(names: readonly string[], pointers: readonly { from: string; to: string }[]): string[] {
  const left = new Set(names)
  const ordered: string[] = []
  while (left.size > 0) {
    const free = [...left].filter((name) => !pointers.some(({ from, to }) => to === name && left.has(from)))
    if (free.length === 0) {
      throw new TenantryError('INTERNAL', { detail: { reason: 'tables point at each other in a circle' } })
    }
    for (const name of free) left.delete(name)
    ordered.push(...free)
  }
  return ordered
}

/** Removes logins of which nothing is left on the server but their rights on this database, if it is still there. */
export async function dropLogins(run: AdminRun, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    const name = identifier(role)
    const found = await run('select from pg_roles where rolname = $1', [role])
    if (found.length > 0) await run(`drop owned by ${name}; drop role ${name}`)
  }
}

/** With whatever is still connected. Does nothing where there is none. `server` is connected to another database. */
export async function dropDatabase(server: Target, database: string): Promise<void> {
  await withAdminConnection(
    server,
    (run) => run(`drop database if exists ${identifier(database)} with (force)`),
    ofAnySize,
  )
}
