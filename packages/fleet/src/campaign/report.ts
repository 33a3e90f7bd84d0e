import type { FleetFailure } from '../databases/failure.ts'
import type { MigratedDatabase } from './migrate-database.ts'

/** One database in the report of a campaign. */
export interface CampaignUnit {
  database: string
  tenants: string[]
  wave: string
  state: 'migrated' | 'up to date' | 'failed' | 'not tried'
  result: MigratedDatabase | null
  failure: FleetFailure | null
}

/** Databases that failed for one reason. */
export interface CauseGroup {
  cause: string
  failure: FleetFailure
  databases: string[]
  tenants: string[]
  /** Once the cause is removed. */
  retry: string
}

export interface CampaignReport {
  /** The newest migration of the folder. */
  target: string
  migrated: number
  upToDate: number
  failed: number
  notTried: number
  /** The wave in which too many failed; the later ones were not begun. */
  haltedIn: string | null
  causes: CauseGroup[]
  /** How many of the migrated databases share one fingerprint, the largest group first; more than one means drift. */
  fingerprints: { fingerprint: string; databases: number; tenants: string[] }[]
  units: CampaignUnit[]
}

export function reportOf(target: string, haltedIn: string | null, units: CampaignUnit[]): CampaignReport {
  const count = (state: CampaignUnit['state']) => units.filter((unit) => unit.state === state).length
  return {
    target,
    migrated: count('migrated'),
    upToDate: count('up to date'),
    failed: count('failed'),
    notTried: count('not tried'),
    haltedIn,
    causes: groupByCause(units),
    fingerprints: groupByFingerprint(units),
    units,
  }
}

/** One broken migration breaks a hundred databases: that is one thing to understand, not a hundred. */
function groupByCause(units: CampaignUnit[]): CauseGroup[] {
  const groups = new Map<string, CauseGroup>()
  for (const { failure, database, tenants } of units) {
    if (failure === null) continue
    const cause = [failure.migration, failure.statement, failure.message].filter((part) => part !== null).join(': ')
    const group = groups.get(cause) ?? { cause, failure, databases: [], tenants: [], retry: '' }
    group.databases.push(database)
    group.tenants.push(...tenants)
    // A shared database is retried through any of its tenants.
    group.retry += `${group.retry === '' ? 'pnpm tenantry fleet migrate' : ''} --tenant ${tenants[0] ?? ''}`
    groups.set(cause, group)
  }
  return [...groups.values()].toSorted((one, other) => other.databases.length - one.databases.length)
}

function groupByFingerprint(units: CampaignUnit[]): CampaignReport['fingerprints'] {
  const groups = new Map<string, { fingerprint: string; databases: number; tenants: string[] }>()
  for (const { result, tenants } of units) {
    if (result?.fingerprint == null) continue
    const fingerprint = result.fingerprint.catalogue.slice(0, shownDigits)
    const group = groups.get(fingerprint) ?? { fingerprint, databases: 0, tenants: [] }
    group.databases++
    group.tenants.push(...tenants)
    groups.set(fingerprint, group)
  }
  return [...groups.values()].toSorted((one, other) => other.databases - one.databases)
}

const shownDigits = 12
