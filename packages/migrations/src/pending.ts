import { TenantryError } from '@tenantry/errors'
import { createTwoFilesPatch } from 'diff'
import type { Migration } from './folder.ts'
import type { LedgerEntry } from './ledger.ts'

/**
 * The migrations that are still to be applied. What was applied must be the beginning of the folder, unedited: throws
 * MIGRATION_EDITED or MIGRATION_OUT_OF_ORDER otherwise, naming the migration. `detail.diff` of the latter compares the two
 * lists; for the former the caller has to fetch what was applied.
 */
export function pendingOf(migrations: readonly Migration[], ledger: readonly LedgerEntry[]): Migration[] {
  for (const [index, { tag, hash }] of ledger.entries()) {
    const expected = migrations[index]
    if (expected?.tag === tag && expected.hash === hash) continue
    if (expected?.tag === tag) throw edited(expected)
    const isKnown = migrations.some((migration) => migration.tag === tag)
    throw outOfOrder(isKnown ? insertedText(expected?.tag ?? tag) : unknownText(tag), migrations, ledger)
  }
  return migrations.slice(ledger.length)
}

/** The same refusal with `detail.diff`: from the text that was applied to the text of the file. */
export function withDiff(error: TenantryError, migration: Migration, applied: string | undefined): TenantryError {
  if (applied === undefined) return error
  return new TenantryError('MIGRATION_EDITED', {
    message: error.message,
    detail: {
      ...error.detail,
      diff: patch([`${migration.tag}.sql as applied`, applied], [`the file`, migration.text]),
    },
  })
}

function edited({ tag }: Migration): TenantryError {
  return new TenantryError('MIGRATION_EDITED', {
    message: `The migration ${tag} was edited after it had been applied. Restore its file and write a new migration.`,
    detail: { tag },
  })
}

function insertedText(tag: string): string {
  return `The migration ${tag} stands before one that was already applied. Give it a later number.`
}

function unknownText(tag: string): string {
  return `The database has the migration ${tag}, which this release does not know. Run a release that does.`
}

function outOfOrder(message: string, migrations: readonly Migration[], ledger: readonly LedgerEntry[]): TenantryError {
  const listOf = (entries: readonly { tag: string }[]) => entries.map(({ tag }) => `${tag}\n`).join('')
  const diff = patch(['applied to the database', listOf(ledger)], ['the folder', listOf(migrations)])
  return new TenantryError('MIGRATION_OUT_OF_ORDER', { message, detail: { diff } })
}

function patch([oldName, oldText]: [string, string], [newName, newText]: [string, string]): string {
  return createTwoFilesPatch(oldName, newName, oldText, newText, undefined, undefined, { context: 3 })
}
