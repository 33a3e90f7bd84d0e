import type { CustomInput } from '@tenantry/contracts/custom-values'
import type { ImportEntity } from '@tenantry/contracts/imports'
import { isTenantryError, type TenantryError } from '@tenantry/errors'
import { customChecker } from '../custom-fields/check-values.ts'
import type { Acting } from '../records/acting.ts'
import { assertNotInBin } from '../records/change-record.ts'
import { withCustomApart } from '../records/custom.ts'
import { differences, valuesAfter, valuesBefore, type Fields } from '../records/diff.ts'
import { fieldsOf } from '../records/record-kind.ts'
import type { ImportedKind, Prepared } from './imported-kind.ts'
import { importedKinds } from './kinds.ts'
import type { SettledRow } from './settle.ts'
import { lockAndReadAll, writeChanges, type Change, type ReadRecords } from './write-changes.ts'

export interface Patched {
  recordId: string
  patch: object
}

/** What a record was before, which is null where nothing was different; or why it cannot be changed. */
export type UpdateOutcome = { before: SettledRow['before']; refusal?: undefined } | { refusal: TenantryError }

/**
 * Changes many records of one kind, each named once, with their lines of history: by one statement for each table. Gives what
 * became of each; what the server refuses of one it refuses of all, and this throws.
 */
export async function updateRecords(
  acting: Acting,
  entity: ImportEntity,
  { batchId, patches }: { batchId: string; patches: readonly Patched[] },
): Promise<UpdateOutcome[]> {
  const { executor } = acting
  const kind = importedKinds[entity]
  const planning = {
    kind,
    prepared: await kind.prepare(
      executor,
      patches.map(({ patch }) => patch),
    ),
    records: await lockAndReadAll(
      executor,
      entity,
      patches.map(({ recordId }) => recordId),
    ),
    checkCustom: patches.some(({ patch }) => 'custom' in patch) ? await customChecker(executor, entity) : undefined,
  }
  const plans = patches.map((patched) => planUpdate(planning, patched))
  const changes = plans.flatMap(({ change }) => change ?? [])
  await writeChanges(acting, entity, { batchId, changes, action: 'changed' })
  return plans.map(({ outcome }) => outcome)
}

interface Planning {
  kind: ImportedKind
  prepared: Prepared
  records: ReadRecords
  /** Undefined where nothing is said of custom fields. */
  checkCustom: ((input: CustomInput) => Fields) | undefined
}

function planUpdate(planning: Planning, patched: Patched): { outcome: UpdateOutcome; change?: Change } {
  try {
    const change = changeOf(planning, patched)
    if (Object.keys(change.diff).length === 0) return { outcome: { before: null } }
    const { before, diff } = change
    return { change, outcome: { before: { version: before.version + 1, fields: valuesBefore(diff) } } }
  } catch (error) {
    if (!isTenantryError(error) || error.status >= 500) throw error
    return { outcome: { refusal: error } }
  }
}

function changeOf({ kind, prepared, records, checkCustom }: Planning, { recordId, patch }: Patched): Change {
  const before = records.changeable(recordId)
  const { custom, ...changes } = prepared.fieldsOf(patch, before)
  const checked =
    checkCustom === undefined || custom === undefined ? {} : { custom: checkCustom(custom as CustomInput) }
  const diff = differences(fieldsOf(kind.record, before), withCustomApart({ ...changes, ...checked }))
  if (Object.keys(diff).length > 0) {
    kind.record.assertAllows?.(before, 'changed', changes)
    prepared.assertMayChange?.(before, valuesAfter(diff))
    assertNotInBin(before)
  }
  return { before, diff }
}
