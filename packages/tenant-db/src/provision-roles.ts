import type { AdminRun } from '@tenantry/connections/admin'
import { TenantryError } from '@tenantry/errors'
import { scramVerifier } from './scram-verifier.ts'

/** Statements of a role that owns the schema, cannot log in, and is nobody's superior. */
export function ownerScript(role: string): string {
  return `${ensureRole(role)}; alter role ${identifier(role)} nologin ${powerless}`
}

/**
 * A login that is not superuser, owns nothing and inherits nothing: a role that was granted another must ask for it by
 * name. An existing role gets the given password.
 */
export async function ensureLoginRole(run: AdminRun, login: Login): Promise<void> {
  await run(loginScript(login))
}

/** The statements of `ensureLoginRole`, for a script that does more in one round trip. */
export function loginScript({ role, password, verifier = scramVerifier(password) }: Login): string {
  return `${ensureRole(role)}; alter role ${identifier(role)} login noinherit ${powerless} password '${verifier}'`
}

interface Login {
  role: string
  password: string
  verifier?: string
}

/** Quotes a name that is about to stand in a statement. Only plain names are taken, so quoting can never be escaped. */
export function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,62}$/i.test(name)) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'The name of a database or role must be letters, digits, hyphens and underscores, 63 at most.',
    })
  }
  return `"${name}"`
}

/** Said in full on every run, so that rights somebody added by hand are taken back. */
const powerless = 'nosuperuser nocreatedb nocreaterole noreplication nobypassrls'

/** Roles belong to the server: two provisionings may make the same one at once, and there is no `if not exists`. */
function ensureRole(role: string): string {
  return `do $$ begin create role ${identifier(role)}; exception when duplicate_object or unique_violation then end $$`
}
