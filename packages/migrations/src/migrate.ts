import { openAdminLink, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { applyMigration, applyTogether, type ApplyOptions } from './apply-migration.ts'
import { readMigrations, type Migration } from './folder.ts'
import { readAppliedText, readLedger, type Schema } from './ledger.ts'
import { withMigrationLock } from './lock.ts'
import { pendingOf, withDiff } from './pending.ts'

export { schemaVersion } from './ledger.ts'

interface RunOptions extends ApplyOptions {
  /** Called for each migration that is applied. */
  onProgress?: ((tag: string) => void) | undefined
  /** The last migration to apply; all of the folder without it. */
  upTo?: string | undefined
  /** Longest wait for another operator's run on the same database. Default 600,000. */
  waitMs?: number | undefined
}

export interface MigrateOptions extends RunOptions {
  /** As drizzle-kit writes it: `meta/_journal.json` and `NNNN_name.sql`. */
  folder: string
}

export interface MigrateOverOptions extends RunOptions {
  migrations: readonly Migration[]
}

export interface MigrateResult {
  applied: string[]
  /** The tag of the newest migration in the database before; null for one that was never migrated. */
  before: string | null
  /** And after. */
  version: string
}

/**
 * Brings one schema of one database to the newest migration of the folder; each migration is applied exactly once,
 * however many operators try at the same time. One migration is one transaction together with its line in the ledger,
 * `<schema>.schema_migrations`, and those of an empty database are one together; so a failed or killed run leaves whole
 * migrations and goes on with the next call.
 * Throws MIGRATION_EDITED, MIGRATION_OUT_OF_ORDER, MIGRATION_FAILED or MIGRATION_LOCKED.
 */
export async function migrate(target: Target, { folder, ...options }: MigrateOptions): Promise<MigrateResult> {
  const migrations = await readMigrations(folder)
  await using link = await openAdminLink(target, { statementMs: longestStatementMs })
  return await migrateOver(link.run, { ...options, migrations })
}

/** The same over a connection that is open already, for whoever has more to ask of the database. */
export async function migrateOver(run: AdminRun, options: MigrateOverOptions): Promise<MigrateResult> {
  const { schema, onProgress, upTo, waitMs = 600_000, ...apply } = options
  const migrations = upToTag(options.migrations, upTo)
  const first = await findPending(run, schema, migrations)
  const version = migrations.at(-1)?.tag ?? ''
  // Most runs find nothing to do; those need no lock.
  if (first.pending.length === 0) return { applied: [], before: first.before, version }
  return await withMigrationLock(run, { schema, waitMs }, async () => {
    const applied: string[] = []
    const { pending, before } = await findPending(run, schema, migrations)
    const together = before === null ? await applyTogether(run, pending, { ...apply, schema }) : []
    for (const { tag } of together) {
      onProgress?.(tag)
      applied.push(tag)
    }
    for (const migration of pending.slice(together.length)) {
      onProgress?.(migration.tag)
      await applyMigration(run, migration, { ...apply, schema })
      applied.push(migration.tag)
    }
    return { applied, before, version }
  })
}

function upToTag(migrations: readonly Migration[], tag: string | undefined): readonly Migration[] {
  if (tag === undefined) return migrations
  const at = migrations.findIndex((migration) => migration.tag === tag)
  if (at < 0) throw new TenantryError('CONFIGURATION_INVALID', { message: `There is no migration ${tag}.` })
  return migrations.slice(0, at + 1)
}

/** Building an index over a large table takes as long as it takes; locks are what is bounded. */
export const longestStatementMs = 6 * 3_600_000

async function findPending(run: AdminRun, schema: Schema, migrations: readonly Migration[]) {
  const ledger = await readLedger(run, schema)
  try {
    return { pending: pendingOf(migrations, ledger), before: ledger.at(-1)?.tag ?? null }
  } catch (error) {
    const edited =
      isTenantryError(error, 'MIGRATION_EDITED') && migrations.find(({ tag }) => tag === error.detail?.['tag'])
    throw edited ? withDiff(error, edited, await readAppliedText(run, schema, edited.tag)) : error
  }
}
