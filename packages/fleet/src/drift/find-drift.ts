import type { ServiceTenant } from '@tenantry/app-db/types'
import { withAdminConnection, type AdminRun } from '@tenantry/connections/admin'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { readLedger } from '@tenantry/migrations/ledger'
import { fleetFailureOf, type FleetFailure } from '../databases/failure.ts'
import { databasesOf, selectDatabases, type FleetDatabase } from '../databases/fleet-database.ts'
import { eachPerServer, type Width } from '../databases/per-server.ts'
import { openServiceLink, type ServiceLinkOptions } from '../databases/service-link.ts'
import { driftGroupOf } from './comparisons.ts'
import { differencesOf, wordsOf, type Difference } from './differences.ts'
import { readCatalogue, readFingerprint, type Fingerprint } from './fingerprint.ts'
import { repairOf, type RepairStep } from './repair.ts'
import { buildShadow, expectationOf, meets, type Expectation, type ShadowOptions } from './shadow.ts'

export { wordsOf } from './differences.ts'

/** One database, compared with what its migrations make. */
export interface DatabaseDrift {
  database: string
  tenants: string[]
  version: string | null
  state: 'as migrated' | 'drifted' | 'not compared'
  differences: Difference[]
  repair: RepairStep[]
  /** Differences nobody but a person can remove. */
  byHand: string[]
  failure: FleetFailure | null
}

/** Databases that differ in the same things. */
export interface DriftGroup {
  /** Null for those that are as migrated or could not be compared. */
  id: string | null
  /** `as migrated`, or what is different. */
  differences: string[]
  version: string | null
  databases: string[]
  tenants: string[]
}

export interface DriftReport {
  groups: DriftGroup[]
  databases: DatabaseDrift[]
}

export interface DriftOptions extends Width, ServiceLinkOptions, ShadowOptions {
  tenants: readonly ServiceTenant[]
  only?: readonly string[] | undefined
  /** `done` and `of` count databases that have been looked at; absent for what is done once. */
  onProgress?: ((progress: { step: string; done?: number; of?: number }) => void) | undefined
}

/**
 * Compares the schema of every database with a scratch database of the same version. Healthy databases answer with a
 * hash; only of those whose hash is another one the whole catalogue is read.
 */
export async function findDrift(options: DriftOptions): Promise<DriftReport> {
  const { tenants, only = [], onProgress } = options
  const all = databasesOf(tenants)
  const databases = only.length > 0 ? selectDatabases(all, only) : all
  const looks = new Map<FleetDatabase, Look>()
  await eachPerServer(databases, options, async (database) => {
    looks.set(database, await lookAt(database, options))
    onProgress?.({ step: 'databases', done: looks.size, of: databases.length })
  })
  onProgress?.({ step: 'a scratch database from the migrations' })
  const versions = new Set([...looks.values()].flatMap(({ version }) => version ?? []))
  const shadow = await buildShadow(versions, options)
  const scratchMajor = await withAdminConnection(options.server, majorOf)
  const drifts = new Map<FleetDatabase, DatabaseDrift>()
  await eachPerServer(databases, options, async (database) => {
    const look = looks.get(database)
    if (look) drifts.set(database, await compare(database, { look, shadow, scratchMajor, options }))
  })
  const found = databases.flatMap((database) => drifts.get(database) ?? [])
  return { groups: groupsOf(found), databases: found }
}

interface Look {
  version: string | null
  fingerprint: Fingerprint | null
  major: number
  failure: FleetFailure | null
}

async function lookAt(database: FleetDatabase, options: ServiceLinkOptions): Promise<Look> {
  try {
    await using link = await openServiceLink(database, options)
    const ledger = await readLedger(link.run, 'crm')
    const fingerprint = await readFingerprint(link.run)
    return { version: ledger.at(-1)?.tag ?? null, fingerprint, major: await majorOf(link.run), failure: null }
  } catch (error) {
    return { version: null, fingerprint: null, major: 0, failure: fleetFailureOf(error) }
  }
}

async function majorOf(run: AdminRun): Promise<number> {
  const [found] = await run<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`)
  return found?.major ?? 0
}

async function compare(
  database: FleetDatabase,
  given: { look: Look; shadow: ReadonlyMap<string, Expectation>; scratchMajor: number; options: ServiceLinkOptions },
): Promise<DatabaseDrift> {
  const { look, shadow, scratchMajor, options } = given
  const facts = { database: database.name, tenants: database.tenants.map(({ slug }) => slug), version: look.version }
  const nothing = { differences: [], repair: [], byHand: [], failure: null }
  try {
    if (look.failure !== null) return { ...facts, ...nothing, state: 'not compared', failure: look.failure }
    if (look.version === null || look.fingerprint === null) throw new TenantryError('TENANT_SCHEMA_BEHIND')
    const expected = expectationOf(shadow, look.version)
    if (meets(look.fingerprint, expected.fingerprint)) return { ...facts, ...nothing, state: 'as migrated' }
    if (look.major !== scratchMajor) throw otherMajor(look.major, scratchMajor)
    await using link = await openServiceLink(database, options)
    const { differences, repair, byHand } = await differencesIn(link.run, expected)
    return { ...facts, state: 'drifted', differences, repair, byHand, failure: null }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { ...facts, ...nothing, state: 'not compared', failure: fleetFailureOf(error) }
  }
}

/** What differs in the database behind `run`, and what would make it equal. */
export async function differencesIn(run: AdminRun, { catalogue }: Expectation) {
  const found = await readCatalogue(run)
  const [here] = await run<{ database: string }>('select current_database()::text as database')
  const differences = differencesOf(catalogue, found)
  const { steps: repair, byHand } = repairOf(differences, { owner: found.owner, database: here?.database ?? '' })
  return { differences, repair, byHand }
}

/** Postgres words the same definition differently from one major version to the next. */
function otherMajor(found: number, scratch: number): TenantryError {
  return new TenantryError('CONFIGURATION_INVALID', {
    message: `The database is on PostgreSQL ${found}, the scratch database on ${scratch}: give one of the same version.`,
  })
}

/** «197 as migrated, 2 lack an index, 1 has a hand-made column»: the largest group first. */
function groupsOf(databases: DatabaseDrift[]): DriftGroup[] {
  const groups = new Map<string, DriftGroup>()
  for (const { database, tenants, version, state, differences, failure } of databases) {
    const words = state === 'drifted' ? wordsOf(differences).toSorted() : [failure?.message ?? state]
    const key = JSON.stringify([version, words])
    const id = state === 'drifted' ? driftGroupOf(version, words) : null
    const group = groups.get(key) ?? { id, differences: words, version, databases: [], tenants: [] }
    group.databases.push(database)
    group.tenants.push(...tenants)
    groups.set(key, group)
  }
  return [...groups.values()].toSorted((one, other) => other.databases.length - one.databases.length)
}
