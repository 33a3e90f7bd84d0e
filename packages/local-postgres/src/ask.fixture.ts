import postgres from 'postgres'
import type { LocalServer } from './local-postgres.ts'

/** One statement over a connection of its own. */
export async function ask(
  { host, port, superuser, password }: Pick<LocalServer, 'host' | 'port' | 'superuser' | 'password'>,
  statement: string,
): Promise<Record<string, unknown>[]> {
  const options = { host, port, user: superuser, password, database: 'postgres', max: 1, fetch_types: false }
  const once = postgres({ ...options, connect_timeout: 5 })
  try {
    return [...(await once.unsafe(statement))]
  } finally {
    await once.end({ timeout: 1 })
  }
}
