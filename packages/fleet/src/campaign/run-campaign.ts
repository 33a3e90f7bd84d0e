import type { Run, UnitRow } from '@tenantry/app-db/runs'
import type { ServiceTenant } from '@tenantry/app-db/types'
import { isTenantryError } from '@tenantry/errors'
import { readMigrations } from '@tenantry/migrations/folder'
import { migrationsFolder } from '@tenantry/tenant-db/provision'
import { fleetFailureOf, type FleetFailure } from '../databases/failure.ts'
import { databasesOf, selectDatabases, type FleetDatabase } from '../databases/fleet-database.ts'
import { eachPerServer, type Width } from '../databases/per-server.ts'
import { migrateDatabase, type MigratedDatabase, type MigrateDatabaseOptions } from './migrate-database.ts'
import { reportOf, type CampaignReport, type CampaignUnit } from './report.ts'
import { planWaves, type Wave } from './waves.ts'

export type { CampaignReport, CampaignUnit, CauseGroup } from './report.ts'

export interface CampaignOptions extends Width, Omit<MigrateDatabaseOptions, 'migrations'> {
  /** Where the campaign is written down; claimed, so that there is one at a time. */
  run: Run
  /** Every tenant that has a database. */
  tenants: readonly ServiceTenant[]
  /** Slugs: only the databases of these. */
  only?: readonly string[] | undefined
  /** Slugs of those who go first. */
  canary?: readonly string[] | undefined
  /** Default: the project's migrations. */
  folder?: string | undefined
  /** Finish what is under way and return. */
  stop?: AbortSignal | undefined
  onProgress?: ((progress: CampaignProgress) => void) | undefined
}

export interface CampaignProgress {
  wave: string
  done: number
  failed: number
  total: number
}

/**
 * Migrates the fleet in waves, each database once, however many tenants share it. A database that fails is noted with its
 * cause and keeps no other one from being migrated; when a wave has too many of them, the campaign halts. Every database that
 * needs something is a unit of the run: after `kill -9` the next campaign goes on with those that are not done, and those
 * that were in the middle of it are whole, since a migration and its line in the ledger are one transaction.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { run, only = [], canary, folder = migrationsFolder, stop, onProgress } = options
  const migrations = await readMigrations(folder)
  const all = databasesOf(options.tenants)
  const databases = only.length > 0 ? selectDatabases(all, only) : all
  const waves = planWaves(databases, canary)
  const earlier = new Map((run.isResumed ? await run.units() : []).map((unit) => [unit.key, unit]))
  const units = new Map<FleetDatabase, CampaignUnit>()
  const failures = () => [...units.values()].filter(({ state }) => state === 'failed').length
  let haltedIn: string | null = null
  let lost: unknown
  for (const wave of waves) {
    const isOver = () => lost !== undefined || stop?.aborted === true || failures() > wave.tolerated
    await eachPerServer(
      wave.databases,
      options,
      async (database) => {
        try {
          units.set(database, await migrateUnit({ run, earlier }, { database, wave }, { ...options, migrations }))
        } catch (error) {
          lost = error
        }
        onProgress?.({ wave: wave.name, done: units.size, failed: failures(), total: databases.length })
      },
      isOver,
    )
    // The journal is not ours any more, or cannot be written: what is not noted down is not done.
    if (lost !== undefined) throw lost
    if (failures() > wave.tolerated) haltedIn = wave.name
    if (haltedIn !== null || stop?.aborted) break
  }
  const target = migrations.at(-1)?.tag ?? ''
  return reportOf(
    target,
    haltedIn,
    waves.flatMap((wave) => wave.databases.map((one) => units.get(one) ?? notTried(one, wave))),
  )
}

/** Rejects only when the journal cannot be written. */
async function migrateUnit(
  { run, earlier }: { run: Run; earlier: ReadonlyMap<string, UnitRow> },
  { database, wave }: { database: FleetDatabase; wave: Wave },
  options: MigrateDatabaseOptions,
): Promise<CampaignUnit> {
  const facts = factsOf(database, wave)
  // What this very run noted down before it was interrupted.
  const before = earlier.get(database.name)
  if (before?.status === 'done') return { ...facts, ...outcomeOf(before.detail as MigratedDatabase) }
  let begun = false
  const begin = async () => {
    await run.begin(database.name)
    begun = true
  }
  let failure: FleetFailure
  try {
    const result = await migrateDatabase(database, options, begin)
    if (begun || before !== undefined) await run.done(database.name, result)
    return { ...facts, ...outcomeOf(result) }
  } catch (error) {
    if (isTenantryError(error, 'RUN_TAKEN_OVER')) throw error
    failure = fleetFailureOf(error)
  }
  if (!begun) await run.begin(database.name)
  const { code, ...detail } = failure
  await run.failed(database.name, { code, detail: { ...detail, tenants: facts.tenants } })
  return { ...facts, state: 'failed', result: null, failure }
}

function factsOf({ name, tenants }: FleetDatabase, wave: Wave) {
  return { database: name, tenants: tenants.map(({ slug }) => slug), wave: wave.name }
}

function outcomeOf(result: MigratedDatabase) {
  return { state: result.applied.length > 0 ? 'migrated' : 'up to date', result, failure: null } as const
}

function notTried(database: FleetDatabase, wave: Wave): CampaignUnit {
  return { ...factsOf(database, wave), state: 'not tried', result: null, failure: null }
}
