import type { LegacyTable } from '../legacy/columns.ts'
import type { Entry } from '../manifest/entry.ts'
import type { Sides } from '../sides.ts'
import { applyChanged } from './apply-changed.ts'
import { ChangedKeys } from './changed-keys.ts'
import { compareSides, type Difference } from './compare.ts'

/** More than one for what depends on each other; what differs after that is not a matter of order. */
const mostRounds = 3

/**
 * Compares, and brings those rows again that differ. A run that finds nothing to do costs one comparison. Gives the number
 * of rows changed. `what is missing` leaves rows alone that other entries may have made.
 */
export async function reconcile(
  sides: Sides,
  entries: readonly Entry[],
  what: 'everything' | 'what is missing',
): Promise<number> {
  let changed = 0
  for (let round = 0; round < mostRounds; round++) {
    const comparisons = await compareSides(sides, { entries, limit: Number.MAX_SAFE_INTEGER - 1 })
    const differences = comparisons
      .flatMap((comparison) => comparison.differences)
      .filter(({ kind }) => what === 'everything' || kind !== 'extra')
    if (differences.length === 0) break
    changed += (await applyChanged(sides, await sourcesOf(sides, entries, differences))).changed
  }
  return changed
}

/** Which rows of the old tables a row of the tenant database comes from, or would come from. */
async function sourcesOf(
  { source, target, company }: Sides,
  entries: readonly Entry[],
  differences: Difference[],
): Promise<ChangedKeys> {
  const keys = new ChangedKeys()
  for (const { table, key } of differences) {
    if (table === 'transfer_quarantine') {
      const [sourceTable = '', id = ''] = key.split(' ')
      // Written by the manifest, which names these tables and no others.
      keys.add(sourceTable as LegacyTable, [id])
    }
    if (table === 'pipelines' || table === 'pipeline_stages') keys.touchesWholes = true
    for (const entry of entries) {
      if (entry.target === table && entry.source !== undefined && isOwnId(entry)) keys.add(entry.source, [key])
    }
  }
  for (const entry of entries) {
    if (entry.source === undefined || isOwnId(entry)) continue
    const ids = differences.filter(({ table }) => table === entry.target).map(({ key }) => key)
    if (ids.length === 0) continue
    const { keyOfChanged } = entry
    const candidates = `select changed.id::text as id from (select id from public.${entry.source} where tenant_id = $2::uuid) changed where ${keyOfChanged} = any ($1::uuid[])`
    const found = await source.run<{ id: string }>(candidates, [ids, company.legacyTenantId])
    keys.add(
      entry.source,
      found.map(({ id }) => id),
    )
    // Of a source row that is gone only its own row in the target tells the id.
    const left = await target.run<{ id: string }>(
      `select contact_id::text as id from crm.${entry.target} where id = any ($1::uuid[])`,
      [ids],
    )
    keys.add(
      entry.source,
      left.map(({ id }) => id),
    )
  }
  return keys
}

function isOwnId({ keyOfChanged }: Entry): boolean {
  return keyOfChanged === 'changed.id'
}
