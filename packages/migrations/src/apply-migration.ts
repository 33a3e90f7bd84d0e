import type { AdminRun } from '@tenantry/connections/admin'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Migration } from './folder.ts'
import { recordMigration, type Schema } from './ledger.ts'

/**
 * A statement that waits for a table's lock makes everybody behind it wait too. So it waits briefly, lets the others
 * pass, and tries again.
 */
const lockMs = 3_000
const attempts = 10
const pauseMs = 250

/** Applies one migration and notes it down. Throws MIGRATION_FAILED with the SQLSTATE; a transaction is rolled back. */
export async function applyMigration(run: AdminRun, schema: Schema, migration: Migration): Promise<void> {
  await run(`set lock_timeout = ${lockMs}`)
  for (let attempt = 1; ; attempt++) {
    try {
      await (migration.mode === 'transaction' ? applyWhole : applySteps)(run, schema, migration)
      return
    } catch (error) {
      if (!isLockTimeout(error) || attempt === attempts) throw failed(migration, error)
      await sleep(pauseMs * attempt)
    }
  }
}

async function applyWhole(run: AdminRun, schema: Schema, migration: Migration): Promise<void> {
  await run('begin')
  try {
    for (const statement of migration.statements) await run(statement)
    await recordMigration(run, schema, migration)
    await run('commit')
  } catch (error) {
    // The failure that counts is the first one; a lost connection has rolled back already.
    await run('rollback').catch(() => undefined)
    throw error
  }
}

/** Each step must bear being run again: after a failure the whole migration starts over. */
async function applySteps(run: AdminRun, schema: Schema, migration: Migration): Promise<void> {
  for (const statement of migration.statements) await run(statement)
  await recordMigration(run, schema, migration)
}

function isLockTimeout(error: unknown): boolean {
  return isTenantryError(error) && error.detail?.['sqlstate'] === '55P03'
}

function failed({ tag, mode }: Migration, error: unknown): TenantryError {
  const sqlstate = isTenantryError(error) ? error.detail?.['sqlstate'] : undefined
  const outcome = mode === 'transaction' ? 'was rolled back' : 'stopped between two steps; run it again'
  const reason = typeof sqlstate === 'string' ? ` (SQLSTATE ${sqlstate})` : ''
  return new TenantryError('MIGRATION_FAILED', {
    message: `The migration ${tag} failed and ${outcome}${reason}.`,
    detail: { tag, ...(isTenantryError(error) ? { code: error.code, ...error.detail } : {}) },
    cause: error,
  })
}
