import { migrateOver } from '@tenantry/migrations'
import type { Migration } from '@tenantry/migrations/folder'
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
  /** Of the schema as it is now; a database that differs from the others of its version has drifted. */
  fingerprint: Fingerprint
}

/** Brings one database to the newest migration, over one connection. Does nothing to one that is there. */
export async function migrateDatabase(
  database: FleetDatabase,
  { migrations, lockMs, attempts, waitMs, ...login }: MigrateDatabaseOptions,
): Promise<MigratedDatabase> {
  const began = performance.now()
  await using link = await openServiceLink(database, login)
  const apply = { lockMs, attempts, waitMs, afterEach: renewRights }
  const { before, applied, version } = await migrateOver(link.run, { ...apply, migrations, schema: 'crm' })
  const fingerprint = await readFingerprint(link.run)
  return { before, after: version, applied, milliseconds: Math.round(performance.now() - began), fingerprint }
}
