import type { AdminRun } from '@tenantry/connections/admin'
import { TenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { identifier } from './provision-roles.ts'

/** What the login that serves a tenant's requests may do: everything a tenant does, only read, or not even log in. */
export type Serving = 'all' | 'reading' | 'none'

export interface TenantLogins {
  /** Those that serve requests, two while a password rotates, and those that only read for support. */
  serving: string[]
  /** Those of fleet and transfer. */
  service: string[]
}

/** Every login of one tenant on this database, by the database's own word. */
export async function loginsOf(run: AdminRun, tenantIdInDataSource: string): Promise<TenantLogins> {
  const [found] = await run<{ exists: boolean }>(`select to_regclass('crm.identity') is not null as exists`)
  if (found?.exists !== true) return { serving: [], service: [] }
  const rows = await run<{ role: string; is_service: boolean }>(
    `select i.role, pg_has_role(r.oid, n.nspowner, 'member') as is_service
     from crm.identity i join pg_roles r on r.rolname = i.role join pg_namespace n on n.nspname = 'crm'
     where i.tenant_id = $1 order by i.role`,
    [tenantIdInDataSource],
  )
  const named = (isService: boolean) => rows.filter((row) => row.is_service === isService).map(({ role }) => role)
  return { serving: named(false), service: named(true) }
}

/** Of these roles, which there may or may not be, those that were let into the database. For whoever is not told all of them. */
export async function letIn(run: AdminRun, roles: readonly string[]): Promise<string[]> {
  const found = await run<{ role: string }>(
    `select rolname as role from pg_roles where rolname = any($1::name[]) and has_schema_privilege(oid, 'crm', 'usage')`,
    [roles],
  )
  return found.map(({ role }) => role)
}

/** The ids of the tenants that a database serves; none for one that is no tenant database. */
export async function tenantsOn(run: AdminRun): Promise<string[]> {
  const [found] = await run<{ exists: boolean }>(`select to_regclass('crm.identity') is not null as exists`)
  if (found?.exists !== true) return []
  const rows = await run<{ id: string }>('select distinct tenant_id::text as id from crm.identity')
  return rows.map(({ id }) => id)
}

/**
 * In force for the next statement of every connection that is open, in whichever process, and kept by the migrations that
 * renew rights. Taking it back restores the login that the data source names: one for support never wrote.
 */
export async function setServing(
  run: AdminRun,
  { serving, service, current }: TenantLogins & { current: string },
  state: Serving,
): Promise<void> {
  await setLogins(run, [...serving, ...service], state !== 'none')
  if (state === 'all') {
    if (await knowsReaders(run)) await run(`revoke execute on function crm.reads_only() from ${identifier(current)}`)
    await run('call crm.grant_serving_rights($1::name)', [current])
    return
  }
  for (const role of serving) {
    if (await knowsReaders(run)) await run('call crm.grant_reading_rights($1::name)', [role])
    else await run(`revoke insert, update, delete on all tables in schema crm from ${identifier(role)}`)
  }
}

/** Only those that differ: the owner of a database may not touch roles, and mostly need not. */
async function setLogins(run: AdminRun, roles: readonly string[], mayLogIn: boolean): Promise<void> {
  const differ = await run<{ role: string }>(
    'select rolname as role from pg_roles where rolname = any($1::name[]) and rolcanlogin <> $2::boolean',
    [roles, String(mayLogIn)],
  )
  for (const { role } of differ) await run(`alter role ${identifier(role)} ${mayLogIn ? 'login' : 'nologin'}`)
}

/** A database that is behind may not know them yet. */
async function knowsReaders(run: AdminRun): Promise<boolean> {
  const [found] = await run<{ exists: boolean }>(
    `select to_regprocedure('crm.grant_reading_rights(name)') is not null as exists`,
  )
  return found?.exists === true
}

/**
 * Ends what these logins have under way now, transactions and all, and gives how many connections that were. What they
 * connect after it has the rights they were left with. As one of these logins, every other connection of it.
 */
export async function endWork(run: AdminRun, roles: readonly string[]): Promise<{ ended: number }> {
  const ended = await run<{ pid: number }>(
    `select pid, pg_terminate_backend(pid) from pg_stat_activity where usename = any($1::name[]) and pid <> pg_backend_pid()`,
    [roles],
  )
  const pids = ended.map(({ pid }) => pid)
  for (let waited = 0; ; waited += pollMs) {
    const left = await run('select from pg_stat_activity where pid = any($1::int[]) and usename = any($2::name[])', [
      pids,
      roles,
    ])
    if (left.length === 0) return { ended: pids.length }
    if (waited >= longestMs) {
      throw new TenantryError('DATABASE_BUSY', {
        message:
          'Connections of this company did not end. Look for the process that opens new ones, and run this again.',
      })
    }
    await sleep(pollMs)
  }
}

const pollMs = 50
const longestMs = 5_000
