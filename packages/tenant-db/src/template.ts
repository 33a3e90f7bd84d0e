import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identifier } from './provision-roles.ts'
import {
  admissionScript,
  migrationsFolder,
  ownershipScript,
  prepareTenantDatabase,
  type TenantAdmission,
} from './provision.ts'

/** Owns what is in every template of a server. */
export const templateOwner = 'tenantry_template_owner'

/** The prefix of all templates; behind it a hash of the migrations, so that one of another release is another template. */
export const templatePrefix = 'tenantry_template_'

/**
 * Sees to a database with schema `crm` migrated and nobody in it, to copy from: 50 ms instead of applying each migration.
 * Made once for each server and set of migrations; who comes meanwhile waits. `server` may create databases and roles.
 */
export async function ensureTemplate(server: Target, onProgress?: (step: string) => void): Promise<string> {
  const name = await templateName()
  await withAdminConnection(server, async (run) => {
    if (await isThere(run, name)) return
    onProgress?.('template')
    // Ends with the connection, also when the process is killed.
    await run('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    if (await isThere(run, name)) return
    const unfinished = `${name}_unfinished`
    await run(`drop database if exists ${identifier(unfinished)} with (force)`)
    await run(`create database ${identifier(unfinished)}`)
    await prepareTenantDatabase({ ...server, database: unfinished }, { ownerRole: templateOwner })
    // Every copy begins with pages that know what is visible and have room: taking it over takes two thirds of the time.
    await withAdminConnection({ ...server, database: unfinished }, (onTemplate) => onTemplate('vacuum analyze'))
    await run(`revoke all on database ${identifier(unfinished)} from ${identifier(templateOwner)}`)
    await retryWhileInUse(() =>
      run(`alter database ${identifier(unfinished)} rename to ${identifier(name)}`).then(() => undefined),
    )
    // A connection would block everybody who wants a copy.
    await run(`alter database ${identifier(name)} with is_template true allow_connections false`)
  })
  return name
}

/** Makes a database as a copy of the template. A database of this name that is there already stays as it is. */
export async function copyTemplate(run: AdminRun, { template, database }: { template: string; database: string }) {
  if (await isThere(run, database)) return
  await retryWhileInUse(async () => {
    try {
      await run(`create database ${identifier(database)} template ${identifier(template)}`)
    } catch (error) {
      // 42P04 duplicate_database, or the unique index beneath it when two commit at the same moment.
      if (!isState(error, '42P04', '23505')) throw error
    }
  })
}

/** Whether the server has the template of these migrations already. */
export async function hasTemplate(run: AdminRun): Promise<boolean> {
  return await isThere(run, await templateName())
}

/**
 * Makes a copy of the template one tenant's database, in one round trip: hands what was copied over to an owner role of its
 * own and lets the tenant in. What the template's owner has besides what it owns is taken back by name: DROP OWNED would take
 * its rights on other databases too, one of which may be a template that is being made. Runs twice without harm. Gives what
 * the database says of itself to the login that serves requests. Throws TENANT_DATABASE_MISMATCH.
 */
export async function settleCopy(run: AdminRun, database: string, tenant: TenantAdmission): Promise<string> {
  const [from, to] = [identifier(templateOwner), identifier(tenant.ownerRole)]
  const [found] = await run<{ identity: string }>(`${ownershipScript(database, tenant.ownerRole)};
    reassign owned by ${from} to ${to};
    alter default privileges for role ${from} grant execute on functions to public;
    alter default privileges for role ${to} revoke execute on functions from public;
    ${admissionScript(database, tenant)}`)
  if (found === undefined) throw new TenantryError('TENANT_DATABASE_MISMATCH')
  return found.identity
}

/** Hands a restored database over to an owner role of its own; the role that owns it now keeps what else it has. */
export async function takeOver(run: AdminRun, ownerRole: string): Promise<void> {
  const [owner] = await run<{ name: string }>(
    `select r.rolname as name from pg_namespace n join pg_roles r on r.oid = n.nspowner where n.nspname = 'crm'`,
  )
  if (owner === undefined || owner.name === ownerRole) return
  const to = identifier(ownerRole)
  await run(`reassign owned by ${identifier(owner.name)} to ${to};
    alter default privileges for role ${to} revoke execute on functions from public`)
}

/** `tenantry_template_<16 hexadecimal digits>`. */
export async function templateName(): Promise<string> {
  known ??= hashMigrations()
  return `${templatePrefix}${await known}`
}

let known: Promise<string> | undefined

async function hashMigrations(): Promise<string> {
  const hash = createHash('sha256')
  const files = (await readdir(migrationsFolder)).filter((file) => file.endsWith('.sql')).toSorted()
  for (const file of files) hash.update(file).update(await readFile(join(migrationsFolder, file)))
  return hash.digest('hex').slice(0, 16)
}

async function isThere(run: AdminRun, database: string): Promise<boolean> {
  return (await run('select from pg_database where datname = $1', [database])).length > 0
}

/** A backend lives on for a moment after its client has closed the connection; 55006 is `object_in_use`. */
async function retryWhileInUse(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (!isState(error, '55006') || attempt === 100) throw error
      await sleep(30)
    }
  }
}

function isState(error: unknown, ...states: string[]): boolean {
  return isTenantryError(error) && states.includes(String(error.detail?.['sqlstate']))
}
