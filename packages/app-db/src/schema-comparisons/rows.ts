import type { SchemaComparison } from '@tenantry/contracts/fleet'
import { schemaComparisons } from './table.ts'

/** What is known of a schema, for a query that joins it. */
export const comparisonColumns = {
  comparedAt: schemaComparisons.comparedAt,
  comparedVersion: schemaComparisons.schemaVersion,
  driftGroup: schemaComparisons.driftGroup,
  differences: schemaComparisons.differences,
}

/** As a left join has it: all null where there is no row. */
export interface ComparisonRow {
  comparedAt: string | null
  comparedVersion: string | null
  driftGroup: string | null
  differences: string[] | null
}

/** Null until somebody has compared. */
export function comparisonFrom({
  comparedAt,
  comparedVersion,
  driftGroup,
  differences,
}: ComparisonRow): SchemaComparison | null {
  if (comparedAt === null || comparedVersion === null) return null
  return { comparedAt, schemaVersion: comparedVersion, driftGroup, differences: differences ?? [] }
}
