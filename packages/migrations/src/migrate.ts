import { openAdminLink, type AdminRun } from '@tenantry/connections/admin'
import type { Target } from '@tenantry/connections/target'
import { applyMigration } from './apply-migration.ts'
import { readMigrations } from './folder.ts'
import { readLedger, type Schema } from './ledger.ts'
import { withMigrationLock } from './lock.ts'
import { pendingOf } from './pending.ts'

export { schemaVersion } from './ledger.ts'

export interface MigrateOptions {
  /** As drizzle-kit writes it: `meta/_journal.json` and `NNNN_name.sql`. */
  folder: string
  schema: Schema
  /** Called before each migration that is applied. */
  onProgress?: (tag: string) => void
  /** Longest wait for another operator's run on the same database. Default 600,000. */
  waitMs?: number
}

export interface MigrateResult {
  applied: string[]
  /** The tag of the newest migration in the database. */
  version: string
}

/**
 * Brings one schema of one database to the newest migration of the folder; each migration is applied exactly once,
 * however many operators try at the same time. One migration is one transaction together with its line in the ledger,
 * `<schema>.schema_migrations`, so a failed or killed run leaves whole migrations and goes on with the next call.
 * Throws MIGRATION_EDITED, MIGRATION_OUT_OF_ORDER, MIGRATION_FAILED or MIGRATION_LOCKED.
 */
export async function migrate(target: Target, options: MigrateOptions): Promise<MigrateResult> {
  const { folder, schema, onProgress, waitMs = 600_000 } = options
  const migrations = await readMigrations(folder)
  await using link = await openAdminLink(target, { statementMs: longestStatementMs })
  const findPending = async (run: AdminRun) => pendingOf(migrations, await readLedger(run, schema))
  const version = migrations.at(-1)?.tag ?? ''
  // Most runs find nothing to do; those need no lock.
  if ((await findPending(link.run)).length === 0) return { applied: [], version }
  return await withMigrationLock(link.run, { schema, waitMs }, async () => {
    const applied: string[] = []
    for (const migration of await findPending(link.run)) {
      onProgress?.(migration.tag)
      await applyMigration(link.run, schema, migration)
      applied.push(migration.tag)
    }
    return { applied, version }
  })
}

/** Building an index over a large table takes as long as it takes; locks are what is bounded. */
const longestStatementMs = 6 * 3_600_000
