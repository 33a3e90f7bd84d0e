import { TenantryError } from '@tenantry/errors'
import type { Migration } from './folder.ts'
import type { LedgerEntry } from './ledger.ts'

/**
 * The migrations that are still to be applied. What was applied must be the beginning of the folder, unedited: throws
 * MIGRATION_EDITED or MIGRATION_OUT_OF_ORDER otherwise, naming the migration.
 */
export function pendingOf(migrations: readonly Migration[], ledger: readonly LedgerEntry[]): Migration[] {
  for (const [index, { tag, hash }] of ledger.entries()) {
    const expected = migrations[index]
    if (expected?.tag === tag && expected.hash === hash) continue
    if (expected?.tag === tag) throw edited(tag)
    throw migrations.some((migration) => migration.tag === tag) ? inserted(expected?.tag ?? tag) : unknown(tag)
  }
  return migrations.slice(ledger.length)
}

function edited(tag: string): TenantryError {
  return new TenantryError('MIGRATION_EDITED', {
    message: `The migration ${tag} was edited after it had been applied. Restore its file and write a new migration.`,
  })
}

function inserted(tag: string): TenantryError {
  return new TenantryError('MIGRATION_OUT_OF_ORDER', {
    message: `The migration ${tag} stands before one that was already applied. Give it a later number.`,
  })
}

function unknown(tag: string): TenantryError {
  return new TenantryError('MIGRATION_OUT_OF_ORDER', {
    message: `The database has the migration ${tag}, which this release does not know. Run a release that does.`,
  })
}
