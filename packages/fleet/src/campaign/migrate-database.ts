import { migrateOver } from '@tenantry/migrations'
import type { Migration } from '@tenantry/migrations/folder'
import { readLedger, type LedgerEntry } from '@tenantry/migrations/ledger'
import { renewRights } from '@tenantry/tenant-db/provision'
import type { FleetDatabase } from '../databases/fleet-database.ts'
import { openServiceLink, type ServiceLinkOptions } from '../databases/service-link.ts'
import { readFingerprint, type Fingerprint } from '../drift/fingerprint.ts'

export interface MigrateDatabaseOptions extends ServiceLinkOptions {
  migrations: readonly Migration[]
  /** Of one wait for a table's lock, and how often it is tried. Defaults 3,000 and 10. */
  lockMs?: number | undefined
  attempts?: number | undefined
  /** Longest wait for another operator at the same database. Default 600,000. */
  waitMs?: number | undefined
}

/** What became of one database. */
export type MigratedDatabase = {
  /** Newest migration before; null for a database that had none. */
  before: string | null
  after: string
  applied: string[]
  milliseconds: number
  /** Of the schema as it is now; one that differs from the others has drifted. Null when there was nothing to do. */
  fingerprint: Fingerprint | null
}

/**
 * Brings one database to the newest migration, over one connection. Does nothing to one that is there; `begin` is called
 * before anything is changed.
 */
export async function migrateDatabase(
  database: FleetDatabase,
  { migrations, lockMs, attempts, waitMs, ...login }: MigrateDatabaseOptions,
  begin: () => Promise<void>,
): Promise<MigratedDatabase> {
  const began = performance.now()
  await using link = await openServiceLink(database, login)
  const ledger = await readLedger(link.run, 'crm')
  const version = migrations.at(-1)?.tag ?? ''
  const took = () => Math.round(performance.now() - began)
  if (isUpToDate(migrations, ledger)) {
    return { before: version, after: version, applied: [], milliseconds: took(), fingerprint: null }
  }
  await begin()
  const apply = { lockMs, attempts, waitMs, afterEach: renewRights }
  const { before, applied } = await migrateOver(link.run, { ...apply, migrations, schema: 'crm' })
  const fingerprint = await readFingerprint(link.run)
  return { before, after: version, applied, milliseconds: took(), fingerprint }
}

/** With the hashes of all of it. What is wrong with a ledger comes to light when the database is migrated. */
function isUpToDate(migrations: readonly Migration[], ledger: readonly LedgerEntry[]): boolean {
  return (
    ledger.length === migrations.length &&
    ledger.every(({ tag, hash }, index) => migrations[index]?.tag === tag && migrations[index].hash === hash)
  )
}
