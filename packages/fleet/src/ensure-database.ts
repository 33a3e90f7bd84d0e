import { withAdminConnection } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { isTenantryError, TenantryError } from '@tenantry/errors'

/** Makes a database where there is none; two who try at once both succeed. Says whether it was made. */
export async function ensureDatabase(server: Target, database: string): Promise<{ isNew: boolean }> {
  if (!/^[a-z_][a-z0-9_-]{0,62}$/.test(database)) {
    throw new TenantryError('CONFIGURATION_INVALID', {
      message: 'The name of a database must be small letters, digits, hyphens and underscores, 63 at most.',
    })
  }
  return await withAdminConnection(server, async (run) => {
    const found = await run('select from pg_database where datname = $1', [database])
    if (found.length > 0) return { isNew: false }
    try {
      await run(`create database "${database}"`)
      return { isNew: true }
    } catch (error) {
      if (isTakenMeanwhile(error)) return { isNew: false }
      throw error
    }
  })
}

/** 42P04 duplicate_database, or the unique index beneath it when two commit at the same moment. */
function isTakenMeanwhile(error: unknown): boolean {
  return isTenantryError(error) && ['42P04', '23505'].includes(String(error.detail?.['sqlstate']))
}
