import type { Executor, LeasedDrizzle } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { RecordChange } from '@tenantry/contracts/record'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { memberRefs } from '../member-refs/table.ts'
import { recordChanges } from '../record-changes/table.ts'
import type { Acting } from './acting.ts'
import type { Diff } from './diff.ts'
import { sameRow } from './record-table.ts'

export type ChangeAction = RecordChange['action']

export interface Entry {
  entity: string
  entityId: string
  action: ChangeAction
  diff: Diff
  /** Null where the record itself stays as it is. */
  versionAfter: number | null
  undoOf?: string | null
}

/**
 * The INSERT of one line of history, to stand before the write it is about, in the same statement: neither can happen
 * without the other, and the server is asked once. Its parameters are `lineParameters`. It returns nothing: that would have
 * Postgres ask whether its writer may see it, which they may once the record is there.
 */
export function lineOfHistory(db: LeasedDrizzle) {
  return db.$with('line', {}).as(insertOfLine(db).getSQL())
}

function insertOfLine(db: LeasedDrizzle) {
  return db.insert(recordChanges).values({
    entity: sql.placeholder('lineEntity'),
    entityId: sql.placeholder('entityId'),
    action: sql.placeholder('action'),
    diff: sql.placeholder('diff'),
    versionAfter: sql.placeholder('versionAfter'),
    undoOf: sql.placeholder('undoOf'),
    actorId: sql.placeholder('actorId'),
    actorKind: sql.placeholder('actorKind'),
    requestId: sql.placeholder('requestId'),
  })
}

/** Beside the fields of a record, one of which may be called `entity`. */
export function lineParameters(
  { actor }: Acting,
  { undoOf = null, entity: lineEntity, ...entry }: Entry,
): Record<string, unknown> {
  const { id: actorId, kind: actorKind, requestId } = actor
  return { ...entry, lineEntity, undoOf, actorId, actorKind, requestId }
}

/** A line about a record that stays as it is: what happened to something that belongs to it. It cannot be undone. */
export async function noteChange(acting: Acting, entry: Omit<Entry, 'versionAfter' | 'undoOf'>): Promise<void> {
  await acting.executor.run(insertLine, lineParameters(acting, { ...entry, versionAfter: null }))
}

/** What happened to a record after one of its versions, oldest first. */
export function changesSince(executor: Executor, of: { entity: string; entityId: string; version: number }) {
  return executor.run(entriesSince, of)
}

/** One line of a record's history. Ids are counted up by Postgres; any other text names no line. */
export async function findChange(executor: Executor, of: { entity: string; entityId: string; changeId: string }) {
  if (!/^[1-9][0-9]{0,17}$/.test(of.changeId)) return undefined
  const [entry] = await executor.run(entryById, of)
  return entry
}

const ofRecord = and(
  eq(recordChanges.entity, sql.placeholder('entity')),
  eq(recordChanges.entityId, sql.placeholder('entityId')),
)

const insertLine = statement<Record<string, unknown>, never>((db) => insertOfLine(db) as PromiseLike<never[]>)

const entriesSince = statement<
  { entity: string; entityId: string; version: number },
  { diff: Diff; at: string; actorName: string | null }
>((db) =>
  db
    .select({ diff: recordChanges.diff, at: recordChanges.at, actorName: memberRefs.displayName })
    .from(recordChanges)
    .leftJoin(memberRefs, sameRow(memberRefs, memberRefs.userId, recordChanges.actorId))
    .where(and(ofRecord, gt(recordChanges.versionAfter, sql.placeholder('version'))))
    .orderBy(asc(recordChanges.id)),
)

const entryById = statement<
  { entity: string; entityId: string; changeId: string },
  { id: string; action: string; diff: Diff; versionAfter: number | null }
>((db) =>
  db
    .select({
      id: recordChanges.id,
      action: recordChanges.action,
      diff: recordChanges.diff,
      versionAfter: recordChanges.versionAfter,
    })
    .from(recordChanges)
    .where(and(ofRecord, eq(recordChanges.id, sql.placeholder('changeId')))),
)
