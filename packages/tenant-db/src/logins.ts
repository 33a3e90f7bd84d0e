import type { AdminRun } from '@tenantry/connections/admin'
import { ensureLoginRole, identifier } from './provision-roles.ts'
import { settle, type TenantLogin } from './provision.ts'

/** One more login of a tenant that a database serves already. */
export interface FurtherLogin extends TenantLogin {
  tenantIdInDataSource: string
  rights: LoginRights
}

/** Serves requests, only reads, as support does, or may become the owner, as fleet and transfer do. */
export type LoginRights = 'serving' | 'reading' | { ownerRole: string }

/** Lets a tenant's further login in, beside the ones it has. Done again, it gives the login another password. */
export async function admitLogin(run: AdminRun, database: string, login: FurtherLogin): Promise<void> {
  const { role, rights, tenantIdInDataSource } = login
  await ensureLoginRole(run, login)
  await settle(run, database, role)
  await run('call crm.admit($1::name, $2::uuid)', [role, tenantIdInDataSource])
  if (rights === 'serving') await run('call crm.grant_serving_rights($1::name)', [role])
  else if (rights === 'reading') await run('call crm.grant_reading_rights($1::name)', [role])
  else await run(`grant ${identifier(rights.ownerRole)} to ${identifier(role)}`)
}

/** How many sessions a login has on the whole server. */
export async function countSessions(run: AdminRun, role: string): Promise<number> {
  const [found] = await run<{ n: number }>('select count(*)::int as n from pg_stat_activity where usename = $1', [role])
  return Number(found?.n ?? 0)
}

/** From now on nobody logs in with it; its sessions go on. */
export async function closeLogin(run: AdminRun, role: string): Promise<void> {
  if (await isThere(run, role)) await run(`alter role ${identifier(role)} nologin`)
}

/** Removes a login with its rights in this database and its row of `crm.identity`. Done again, it does nothing. */
export async function removeLogin(run: AdminRun, role: string): Promise<void> {
  await run('delete from crm.identity where role = $1::name', [role])
  if (!(await isThere(run, role))) return
  await run(`drop owned by ${identifier(role)}`)
  await run(`drop role ${identifier(role)}`)
}

async function isThere(run: AdminRun, role: string): Promise<boolean> {
  return (await run('select from pg_roles where rolname = $1', [role])).length > 0
}
