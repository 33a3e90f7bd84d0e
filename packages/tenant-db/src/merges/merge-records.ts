import { statement, type Statement } from '@tenantry/connections/statement'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Acting } from '../records/acting.ts'
import { assertNotInBin, transactionTime, updateRecord, type RecordVersion } from '../records/change-record.ts'
import { customThatLacks } from '../records/custom.ts'
import { differences, stillStands, valuesBefore, type Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { findChange, type Entry } from '../records/history.ts'
import { fieldsOf, type RecordKind, type RecordRow } from '../records/record-kind.ts'
import type { RecordTable } from '../records/record-table.ts'
import { staleWrite } from '../records/stale-write.ts'
import { assertSeesAll } from '../row-access/sees-all.ts'
import type { Moved, Reference } from './move.ts'
import { recordMerges } from './table.ts'

/** What merging records of one kind needs to know. */
export interface MergeKind<Row extends RecordRow> {
  record: RecordKind<Row>
  /** Both rows are locked in the order of their ids, so that two merges at once wait for each other and not for ever. */
  lock: Statement<{ ids: string }, { id: string }>
  references: readonly Reference[]
  insert: Statement<MergeParameters, never>
  find: Statement<{ kept: string; merged: string }, { id: string; moved: Moved }>
}

type MergeParameters = { kept: string; merged: string; moved: string }

export function mergeKind<Row extends RecordRow>(given: {
  record: RecordKind<Row>
  table: RecordTable
  references: readonly Reference[]
  kept: PgColumn
  merged: PgColumn
}): MergeKind<Row> {
  const { record, table, references } = given
  const [kept, merged] = [sql.identifier(given.kept.name), sql.identifier(given.merged.name)]
  return {
    record,
    references,
    // Not less than this lock: nobody may begin to point at a record that is about to go.
    lock: statement((db) =>
      db.execute<{ id: string }>(
        sql`select id from ${table} where id = any(${sql.placeholder('ids')}::uuid[]) order by id for update`,
      ),
    ),
    insert: statement((db) =>
      db.execute(sql`insert into ${recordMerges} (${kept}, ${merged}, moved)
        values (${sql.placeholder('kept')}::uuid, ${sql.placeholder('merged')}::uuid, ${sql.placeholder('moved')}::jsonb)`),
    ),
    find: statement((db) =>
      db.execute<{ id: string; moved: Moved }>(sql`select id, moved from ${recordMerges}
        where ${kept} = ${sql.placeholder('kept')} and ${merged} = ${sql.placeholder('merged')} and undone_at is null
        order by at desc limit 1 for update`),
    ),
  }
}

export interface Merge {
  kept: RecordVersion
  merged: RecordVersion
  /** The fields that the record that is left takes from the other. */
  take: readonly string[]
}

/**
 * Makes one record of two: whatever points at the one points at the other from then on, and the one is in the bin. Throws
 * NOT_FOUND, STALE_WRITE, RULE_VIOLATED for a record in the bin, FORBIDDEN for whoever does not see all that points there.
 */
export async function mergeRecords<Row extends RecordRow>(
  acting: Acting,
  kind: MergeKind<Row>,
  { kept, merged, take }: Merge,
): Promise<Row> {
  const { executor } = acting
  const { record } = kind
  if (kept.id === merged.id) throw new TenantryError('RULE_VIOLATED', { message: 'These two are the same already.' })
  const [left, gone] = await lockBoth(acting, kind, kept.id, merged.id)
  // What a limited member does not see would stay behind. Asked once they see both: others are not there.
  await assertSeesAll(executor)
  if (left.version !== kept.version) throw await staleWrite(executor, record, left, kept.version)
  if (gone.version !== merged.version) throw await staleWrite(executor, record, gone, merged.version)
  assertNotInBin(left)
  assertNotInBin(gone)
  const [ofLeft, ofGone] = [fieldsOf(record, left), fieldsOf(record, gone)]
  const changes = changesFrom(ofLeft, ofGone, { take, ids: [left.id, gone.id] })
  const now = await transactionTime(executor)
  const taken = { ...differences(ofLeft, changes), merged: { from: null, to: gone.id } }
  await updateRecord(acting, record, entryOf(record, left, 'merged', taken), { before: left, changes })
  const moved: Moved = {}
  for (const reference of kind.references) {
    Object.assign(moved, await reference.take(executor, { from: gone.id, to: left.id }))
  }
  const away = { deletedAt: { from: null, to: now }, mergedInto: { from: null, to: left.id } }
  await record.update(acting, entryOf(record, gone, 'merged', away), { before: gone, changes: { deletedAt: now } })
  await executor.run(kind.insert, { kept: left.id, merged: gone.id, moved: JSON.stringify(moved) })
  return readBack(acting, kind, left.id)
}

/**
 * Takes a merge back, by its line in the history of the record that is left: undefined when the line tells of something
 * else. What has been pointed elsewhere since stays there. Throws STALE_WRITE when a field has changed since.
 */
export async function undoMerge<Row extends RecordRow>(
  acting: Acting,
  kind: MergeKind<Row>,
  of: { id: string; changeId: string },
): Promise<Row | undefined> {
  const { executor } = acting
  const { record } = kind
  const change = await findChange(executor, { entity: record.entity, entityId: of.id, changeId: of.changeId })
  if (change?.action !== 'merged') return undefined
  const { merged, ...fields } = change.diff
  if (merged === undefined) {
    throw new TenantryError('RULE_VIOLATED', { message: 'Take the merge back at the record that was kept.' })
  }
  const [left, gone] = await lockBoth(acting, kind, of.id, String(merged.to))
  await assertSeesAll(executor)
  assertNotInBin(left)
  const [merge] = await executor.run(kind.find, { kept: left.id, merged: gone.id })
  if (merge === undefined) throw new TenantryError('RULE_VIOLATED', { message: 'This merge was taken back already.' })
  if (!stillStands(fields, fieldsOf(record, left))) {
    throw await staleWrite(executor, record, left, change.versionAfter ?? left.version)
  }
  for (const reference of kind.references.toReversed()) {
    await reference.giveBack(executor, { from: gone.id, to: left.id }, merge.moved)
  }
  const back = { deletedAt: { from: gone.deletedAt, to: null }, mergedInto: { from: left.id, to: null } }
  await record.update(acting, entryOf(record, gone, 'undone', back), { before: gone, changes: { deletedAt: null } })
  const changes = valuesBefore(fields)
  const given = { ...differences(fieldsOf(record, left), changes), merged: { from: gone.id, to: null } }
  const entry: Entry = { ...entryOf(record, left, 'undone', given), undoOf: of.changeId }
  await updateRecord(acting, record, entry, { before: left, changes })
  await executor.run(markUndone, { id: merge.id })
  return readBack(acting, kind, left.id)
}

async function lockBoth<Row extends RecordRow>(
  { executor }: Acting,
  { record, lock }: MergeKind<Row>,
  first: string,
  second: string,
): Promise<[Row, Row]> {
  await executor.run(lock, { ids: `{${first},${second}}` })
  const [[one], [other]] = [
    await executor.run(record.byId, { id: first }),
    await executor.run(record.byId, { id: second }),
  ]
  return [found(one), found(other)]
}

/** Only what the other record has is taken, and what the one lacks in custom fields; neither becomes its own parent. */
function changesFrom(
  left: Fields,
  gone: Fields,
  { take, ids }: { take: readonly string[]; ids: readonly unknown[] },
): Fields {
  const taken = Object.fromEntries(take.map((field) => [field, gone[field]]))
  const parent = 'parentAccountId' in taken ? taken['parentAccountId'] : left['parentAccountId']
  return { ...taken, ...customThatLacks(left, gone), ...(ids.includes(parent) && { parentAccountId: null }) }
}

function entryOf<Row extends RecordRow>(
  { entity }: RecordKind<Row>,
  { id, version }: Row,
  action: Entry['action'],
  diff: Entry['diff'],
): Entry {
  return { entity, entityId: id, action, diff, versionAfter: version + 1 }
}

async function readBack<Row extends RecordRow>({ executor }: Acting, { record }: MergeKind<Row>, id: string) {
  const [row] = await executor.run(record.byId, { id })
  return found(row)
}

const markUndone = statement<{ id: string }, never>((db) =>
  db.execute(sql`update ${recordMerges} set undone_at = now() where id = ${sql.placeholder('id')}`),
)
