import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { isTenantryError } from '@tenantry/errors'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

export interface DatabaseTemplate {
  /** Changes when what `prepare` makes changes, for example a hash of the migrations. */
  key: string
  /** Fills the database all copies are made from. Runs once per server; must close every connection it opens. */
  prepare(admin: Target): Promise<void>
}

export interface TestDatabase extends AsyncDisposable {
  /** The superuser, on the new database. */
  admin: Target
  /** Ends whatever is still connected. */
  drop(): Promise<void>
}

/**
 * A database of one's own: empty in about 50 ms, or a copy of a template in about the same time. The first to ask for a
 * template prepares it while other test files wait for it (an advisory lock on the server).
 */
export async function createDatabase(
  server: ServerAddress,
  { name = `test_${randomBytes(6).toString('hex')}`, template }: { name?: string; template?: DatabaseTemplate } = {},
): Promise<TestDatabase> {
  const source = template === undefined ? 'template1' : await ensureTemplate(server, template)
  const database = identifier(name)
  const maintenance = adminOf(server, 'postgres')
  await withAdminConnection(maintenance, (run) =>
    retryWhileInUse(() => run(`create database ${database} template ${source}`)),
  )
  const drop = () =>
    withAdminConnection(maintenance, async (run) => {
      await run(`drop database if exists ${database} with (force)`)
    })
  return { admin: adminOf(server, name), drop, [Symbol.asyncDispose]: drop }
}

/** The superuser of a test server on one of its databases. */
export function adminOf({ host, port, user, password }: ServerAddress, database: string): Target {
  return { host, port, database, user, password: () => password, tls: 'off' }
}

async function ensureTemplate(server: ServerAddress, { key, prepare }: DatabaseTemplate): Promise<string> {
  const name = `template_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`
  const unfinished = `${name}_unfinished`
  // The advisory lock ends with its connection, also when the test run is killed.
  await withAdminConnection(adminOf(server, 'postgres'), async (run) => {
    await run('select pg_advisory_lock(hashtextextended($1, 0))', [name])
    const existing = await run('select from pg_database where datname = $1', [name])
    if (existing.length > 0) return
    await run(`drop database if exists ${unfinished} with (force)`)
    await retryWhileInUse(() => run(`create database ${unfinished}`))
    await prepare(adminOf(server, unfinished))
    await retryWhileInUse(() => run(`alter database ${unfinished} rename to ${name}`))
  })
  return name
}

function identifier(name: string): string {
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(name)) throw new Error(`not a name for a test database: ${name}`)
  return `"${name}"`
}

/** A backend lives on for a moment after its client has closed the connection; 55006 is `object_in_use`. */
async function retryWhileInUse(create: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await create()
      return
    } catch (error) {
      if (!isObjectInUse(error) || attempt === 100) throw error
      await sleep(30)
    }
  }
}

function isObjectInUse(error: unknown): boolean {
  return isTenantryError(error) && error.detail?.['sqlstate'] === '55006'
}
