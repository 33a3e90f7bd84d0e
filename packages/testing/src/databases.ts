import type { Target } from '@tenantry/connections/target'
import type { ServerAddress } from '@tenantry/vitest-config/servers'
import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'

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
  await administer(server, async (sql) => {
    await retryWhileInUse(() => sql`create database ${sql(name)} template ${sql(source)}`)
  })
  const drop = () =>
    administer(server, async (sql) => {
      await sql`drop database if exists ${sql(name)} with (force)`
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
  await administer(server, async (sql) => {
    await sql`select pg_advisory_lock(hashtextextended(${name}, 0))`
    const [existing] = await sql`select from pg_database where datname = ${name}`
    if (existing) return
    await sql`drop database if exists ${sql(unfinished)} with (force)`
    await retryWhileInUse(() => sql`create database ${sql(unfinished)}`)
    await prepare(adminOf(server, unfinished))
    await retryWhileInUse(() => sql`alter database ${sql(unfinished)} rename to ${sql(name)}`)
  })
  return name
}

/** Work on the `postgres` database over one connection, which ends with it and takes its advisory lock along. */
async function administer(server: ServerAddress, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const { host, port, user, password } = server
  const options = { host, port, user, password, database: 'postgres', max: 1, fetch_types: false }
  const sql = postgres({ ...options, onnotice: ignoreNotice })
  try {
    await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function ignoreNotice(): void {
  // «database does not exist, skipping»
}

/** A backend lives on for a moment after its client has closed the connection; 55006 is `object_in_use`. */
async function retryWhileInUse(create: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await create()
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 100) throw error
      await sleep(30)
    }
  }
}
