import { statement, type Statement } from '@tenantry/connections/statement'
import type { Contact } from '@tenantry/contracts/contacts'
import type { CustomInput } from '@tenantry/contracts/custom-values'
import type { ImportEntity } from '@tenantry/contracts/imports'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { normalise, type AccountLink, type Point } from '../contacts/reach.ts'
import { customChecker } from '../custom-fields/check-values.ts'
import type { Acting } from '../records/acting.ts'
import { assertNotInBin, transactionTime } from '../records/change-record.ts'
import { withCustomApart, withCustomTogether } from '../records/custom.ts'
import { differences, valuesAfter, valuesBefore, type Diff, type Fields } from '../records/diff.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { fieldsOf, type RecordRow } from '../records/record-kind.ts'
import { columnsOf, insertLines, insertReach, rowOf } from './insert-records.ts'
import { importedKinds, type ImportedKind } from './kinds.ts'
import type { SettledRow } from './settle.ts'

export interface Patched {
  recordId: string
  patch: object
}

/** What a record was before, which is null where nothing was different; or why it cannot be changed. */
export type UpdateOutcome = { before: SettledRow['before']; refusal?: undefined } | { refusal: TenantryError }

/**
 * Changes many records of one kind, each named once, with their lines of history: in two round trips, by one statement for
 * each table. Gives what became of each; what the server refuses of one it refuses of all, and this throws.
 */
export async function updateRecords(
  acting: Acting,
  entity: ImportEntity,
  { batchId, patches }: { batchId: string; patches: readonly Patched[] },
): Promise<UpdateOutcome[]> {
  const { executor, actor } = acting
  const kind = importedKinds[entity]
  const ids = patches.map(({ recordId }) => recordId)
  const [locked, rows] = await inOneTrip([executor.run(locks[entity], { ids }), executor.run(kind.byIds, { ids })])
  const planning = {
    kind,
    now: entity === 'lead' ? await transactionTime(executor) : '',
    locked: new Set(locked.map(({ id }) => id)),
    rows: new Map(rows.map((row) => [row.id, row])),
    checkCustom: patches.some(({ patch }) => 'custom' in patch) ? await customChecker(executor, entity) : undefined,
  }
  const plans = patches.map((patched) => planUpdate(planning, patched))
  const changes = plans.flatMap(({ change }) => change ?? [])
  if (changes.length > 0) {
    const { id: actorId, kind: actorKind, requestId } = actor
    const lines = JSON.stringify(
      changes.map(({ before: { id, version }, diff }) => ({ id, diff, version: version + 1 })),
    )
    await inOneTrip([
      executor.run(updates[entity], { rows: JSON.stringify(changes.map((change) => written(kind, change))), actorId }),
      executor.run(insertLines, { lines, entity, action: 'changed', actorId, actorKind, requestId }),
      ...(entity === 'contact' ? insertReach(acting, batchId, changes.map(addedReach)) : []),
    ])
  }
  return plans.map(({ outcome }) => outcome)
}

interface Planning {
  kind: ImportedKind
  /** When the transaction began, for a kind that remembers it. */
  now: string
  locked: ReadonlySet<string>
  rows: ReadonlyMap<string, RecordRow>
  /** Undefined where nothing is said of custom fields. */
  checkCustom: ((input: CustomInput) => Fields) | undefined
}

interface Change {
  before: RecordRow
  diff: Diff
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

function changeOf({ kind, now, locked, rows, checkCustom }: Planning, { recordId, patch }: Patched): Change {
  const before = rows.get(recordId)
  if (before === undefined) throw new TenantryError('NOT_FOUND')
  if (!locked.has(recordId)) throw new TenantryError('FORBIDDEN')
  const { custom, ...changes } = kind.fieldsOf(patch, before, now)
  const checked =
    checkCustom === undefined || custom === undefined ? {} : { custom: checkCustom(custom as CustomInput) }
  const diff = differences(fieldsOf(kind.record, before), withCustomApart({ ...changes, ...checked }))
  if (Object.keys(diff).length > 0) {
    kind.record.assertAllows?.(before, 'changed')
    kind.assertMayChange?.(before, diff)
    assertNotInBin(before)
  }
  return { before, diff }
}

/** Every column of the row, as it is from now on. */
function written(kind: ImportedKind, { before, diff }: Change): Record<string, unknown> {
  const changes = withCustomTogether(valuesAfter(diff), before.custom)
  return rowOf(kind, { id: before.id, fields: { ...before, ...changes } })
}

/** Of the lists of a contact what they have not had: an import adds to them and takes nothing away. */
function addedReach({ before, diff }: Change): { id: string; fields: Fields } {
  const { id, points, accounts } = before as Contact
  const known = new Set(points.map(({ kind, value }) => `${kind} ${normalise({ kind, value })}`))
  const linked = new Set<string>(accounts.map(({ accountId }) => accountId))
  const added = {
    points: ((diff['points']?.to ?? []) as Point[]).filter((point) => !known.has(`${point.kind} ${normalise(point)}`)),
    accounts: ((diff['accounts']?.to ?? []) as AccountLink[]).filter(({ accountId }) => !linked.has(accountId)),
  }
  return { id, fields: added }
}

type Updating = { rows: string; actorId: string | null }

const locks = {
  account: lockAll('account'),
  contact: lockAll('contact'),
  lead: lockAll('lead'),
  catalog_item: lockAll('catalog_item'),
}
const updates = {
  account: updateAll('account'),
  contact: updateAll('contact'),
  lead: updateAll('lead'),
  catalog_item: updateAll('catalog_item'),
}

/** In one order, so that two imports do not wait for each other. Locking asks the policy for changes. */
function lockAll(entity: ImportEntity): Statement<{ ids: string[] }, { id: string }> {
  return statement((db) =>
    db.execute<{ id: string }>(sql`select t.id from ${importedKinds[entity].table} t
      where t.id = any (${sql.placeholder('ids')}::uuid[]) order by t.id for no key update`),
  )
}

function updateAll(entity: ImportEntity): Statement<Updating, never> {
  const kind = importedKinds[entity]
  const columns = columnsOf(kind).map(({ column }) => sql`${sql.identifier(column)} = r.${sql.identifier(column)}`)
  return statement((db) =>
    db.execute(sql`update ${kind.table} t set version = t.version + 1, updated_at = now(),
        updated_by = ${sql.placeholder('actorId')}::uuid, ${sql.join(columns, sql`, `)}
      from jsonb_populate_recordset(null::${kind.table}, ${sql.placeholder('rows')}::jsonb) r where t.id = r.id`),
  )
}
