import type { ServiceTenant } from '@tenantry/app-db/types'
import { isTenantryError } from '@tenantry/errors'
import { readMigrations, type Migration } from '@tenantry/migrations/folder'
import { readLedger } from '@tenantry/migrations/ledger'
import { pendingOf } from '@tenantry/migrations/pending'
import { migrationsFolder } from '@tenantry/tenant-db/provision'
import { fleetFailureOf, isUnreachable, type FleetFailure } from './failure.ts'
import { databasesOf, type FleetDatabase } from './fleet-database.ts'
import { eachPerServer, type Width } from './per-server.ts'
import { openServiceLink, type ServiceLinkOptions } from './service-link.ts'

export interface DatabaseStatus {
  database: string
  tenants: string[]
  /** `failed`: reached, and something about it needs a person. */
  state: 'up to date' | 'behind' | 'failed' | 'unreachable'
  version: string | null
  /** Migrations it lacks. */
  pending: string[]
  failure: FleetFailure | null
}

export interface StatusOptions extends Width, ServiceLinkOptions {
  tenants: readonly ServiceTenant[]
  folder?: string | undefined
  /** Databases whose last migration failed, with the cause: what the journal remembers. */
  failures?: ReadonlyMap<string, FleetFailure> | undefined
  onProgress?: ((done: number, total: number) => void) | undefined
}

/** Where every database stands, by asking it. */
export async function readFleetStatus(options: StatusOptions): Promise<DatabaseStatus[]> {
  const { tenants, folder = migrationsFolder, failures, onProgress } = options
  const migrations = await readMigrations(folder)
  const databases = databasesOf(tenants)
  const found = new Map<FleetDatabase, DatabaseStatus>()
  await eachPerServer(databases, options, async (database) => {
    found.set(database, await statusOf(database, migrations, options, failures?.get(database.name)))
    onProgress?.(found.size, databases.length)
  })
  return databases.flatMap((database) => found.get(database) ?? [])
}

async function statusOf(
  database: FleetDatabase,
  migrations: readonly Migration[],
  options: ServiceLinkOptions,
  remembered: FleetFailure | undefined,
): Promise<DatabaseStatus> {
  const facts = { database: database.name, tenants: database.tenants.map(({ slug }) => slug) }
  let version: string | null = null
  try {
    await using link = await openServiceLink(database, options)
    const ledger = await readLedger(link.run, 'crm')
    version = ledger.at(-1)?.tag ?? null
    const pending = pendingOf(migrations, ledger).map(({ tag }) => tag)
    const failure = pending.length > 0 ? (remembered ?? null) : null
    const state = pending.length === 0 ? 'up to date' : failure === null ? 'behind' : 'failed'
    return { ...facts, state, version, pending, failure }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    const failure = fleetFailureOf(error)
    return { ...facts, state: isUnreachable(failure) ? 'unreachable' : 'failed', version, pending: [], failure }
  }
}
