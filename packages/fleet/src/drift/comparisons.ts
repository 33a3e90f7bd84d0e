import type { SchemaComparison } from '@tenantry/contracts/fleet'
import { createHash } from 'node:crypto'
import { wordsOf } from './differences.ts'
import type { DriftReport } from './find-drift.ts'
import type { RepairResult } from './repair-database.ts'

/** What is kept of a comparison, for each tenant that lives in the database. */
export type ComparedDatabase = SchemaComparison & { tenants: string[] }

/** Without the databases that could not be compared: what was found of them before still holds. */
export function comparisonsOf({ databases }: DriftReport, comparedAt: string): ComparedDatabase[] {
  return databases.flatMap(({ tenants, version, state, differences }) =>
    version === null || state === 'not compared'
      ? []
      : [comparisonOf({ tenants, version, words: state === 'drifted' ? wordsOf(differences) : [] }, comparedAt)],
  )
}

/** A repair compares when it is done. */
export function comparisonAfter({ tenants, version, left }: RepairResult, comparedAt: string): ComparedDatabase {
  return comparisonOf({ tenants, version, words: left }, comparedAt)
}

/** The name of those that differ in the same things from the same version; null for those that differ in nothing. */
export function driftGroupOf(version: string | null, words: readonly string[]): string | null {
  if (words.length === 0) return null
  return createHash('sha256')
    .update(JSON.stringify([version, words.toSorted()]))
    .digest('hex')
    .slice(0, 8)
}

function comparisonOf(
  { tenants, version, words }: { tenants: string[]; version: string; words: string[] },
  comparedAt: string,
): ComparedDatabase {
  const driftGroup = driftGroupOf(version, words)
  return { tenants, comparedAt, schemaVersion: version, driftGroup, differences: words.toSorted() }
}
