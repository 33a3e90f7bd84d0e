import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { instantFromText } from '@tenantry/connections/columns'
import type { CustomInput } from '@tenantry/contracts/custom-values'
import { TenantryError } from '@tenantry/errors'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import { checkedCustom, explainMissing } from '../custom-fields/check-values.ts'
import type { Acting } from './acting.ts'
import { withCustomApart, withCustomTogether } from './custom.ts'
import { differences, valuesAfter, type Fields } from './diff.ts'
import { found } from './found.ts'
import type { ChangeAction, Entry } from './history.ts'
import { lockAndRead } from './lock.ts'
import { inOneTrip } from './one-trip.ts'
import { fieldsOf, type RecordKind, type RecordRow } from './record-kind.ts'
import { explainRefusal } from './refusal.ts'
import { staleWrite } from './stale-write.ts'

/** A record as it was when the caller read it. */
export interface RecordVersion {
  id: string
  version: number
}

/** Throws NOT_FOUND. A record in the bin is found. */
export async function readRecord<Row extends RecordRow>(
  executor: Executor,
  kind: RecordKind<Row>,
  id: string,
): Promise<Row> {
  const [row] = await executor.run(kind.byId, { id })
  return found(row)
}

/**
 * The id is ours, so that history can name the record in the statement that makes it. An input with `custom`, be it empty,
 * is asked for required custom fields: BAD_INPUT. What comes of another record or of a step is made without asking.
 */
export async function createRecord<Row extends RecordRow>(
  acting: Acting,
  kind: RecordKind<Row>,
  fields: Fields,
): Promise<Row> {
  const given = withCustomApart(await withCheckedCustom(acting.executor, kind, fields))
  const diff = differences({}, given)
  const entry: Entry = { entity: kind.entity, entityId: v7(), action: 'created', diff, versionAfter: 1 }
  const requiresCustom = fields['custom'] === undefined ? '' : 'yes'
  return explained(kind, kind.insert(acting, entry, { custom: {}, ...withCustomTogether(given), requiresCustom }))
}

/** Throws NOT_FOUND, STALE_WRITE with the fields changed since `at.version`, RULE_VIOLATED for a record in the bin. */
export async function patchRecord<Row extends RecordRow>(
  acting: Acting,
  kind: RecordKind<Row>,
  at: RecordVersion,
  changes: Fields,
): Promise<Row> {
  const before = await lockRecord(acting.executor, kind, at)
  return writeChange(acting, kind, before, changes, { action: 'changed' })
}

/** Puts a record into the archive or the bin, at the database's own time. */
export async function putAway<Row extends RecordRow>(
  acting: Acting,
  kind: RecordKind<Row>,
  at: RecordVersion,
  action: 'archived' | 'deleted',
): Promise<Row> {
  const [before, now] = await inOneTrip([lockRecord(acting.executor, kind, at), transactionTime(acting.executor)])
  const changes =
    action === 'archived' ? { archivedAt: before.archivedAt ?? now } : { deletedAt: before.deletedAt ?? now }
  return writeChange(acting, kind, before, changes, { action })
}

/** Takes a record out of the archive or the bin; one that is not there stays as it is. */
export async function takeBack<Row extends RecordRow>(
  acting: Acting,
  kind: RecordKind<Row>,
  at: RecordVersion,
  action: 'unarchived' | 'restored',
): Promise<Row> {
  const before = await lockRecord(acting.executor, kind, at)
  return writeChange(acting, kind, before, action === 'unarchived' ? { archivedAt: null } : { deletedAt: null }, {
    action,
  })
}

/** The record, which nobody else changes before the transaction ends, provided that it is still at the caller's version. */
export async function lockRecord<Row extends RecordRow>(
  executor: Executor,
  kind: RecordKind<Row>,
  at: RecordVersion,
): Promise<Row> {
  const record = await lockAndRead(executor, kind, at.id)
  if (record.version !== at.version) throw await staleWrite(executor, kind, record, at.version)
  return record
}

/** Writes what really changes of a locked record, with its line of history; without a difference nothing is written. */
export async function writeChange<Row extends RecordRow>(
  acting: Acting,
  kind: RecordKind<Row>,
  before: Row,
  changes: Fields,
  entry: { action: ChangeAction; undoOf?: string },
): Promise<Row> {
  const asked = withCustomApart(await withCheckedCustom(acting.executor, kind, changes))
  const diff = differences(fieldsOf(kind, before), { ...asked, ...kind.entails?.(before, changes) })
  if (Object.keys(diff).length === 0) return before
  kind.assertAllows?.(before, entry.action, changes)
  if (!('deletedAt' in diff)) assertNotInBin(before)
  const { id: entityId, version } = before
  const line: Entry = { ...entry, entity: kind.entity, entityId, diff, versionAfter: version + 1 }
  return explained(kind, updateRecord(acting, kind, line, { before, changes: valuesAfter(diff) }))
}

/** `kind.update` for changes with custom fields as fields of their own. */
export function updateRecord<Row extends RecordRow>(
  acting: Acting,
  kind: RecordKind<Row>,
  entry: Entry,
  { before, changes }: { before: Row; changes: Fields },
): Promise<Row> {
  return kind.update(acting, entry, { before, changes: withCustomTogether(changes, before.custom) })
}

/** Fields whose `custom`, as an input says it, is what the definitions let it be. Without one nothing is read. */
async function withCheckedCustom<Row extends RecordRow>(
  executor: Executor,
  { entity }: RecordKind<Row>,
  fields: Fields,
): Promise<Fields> {
  const { custom } = fields
  if (custom === undefined || Object.keys(custom as CustomInput).length === 0) return fields
  return { ...fields, custom: await checkedCustom(executor, entity, custom as CustomInput) }
}

/** Throws RULE_VIOLATED for a record in the bin. */
export function assertNotInBin({ deletedAt }: { deletedAt: string | null }): void {
  if (deletedAt === null) return
  throw new TenantryError('RULE_VIOLATED', { message: 'This record is in the bin. Restore it first.' })
}

async function explained<Row extends RecordRow>(kind: RecordKind<Row>, written: Promise<Row>): Promise<Row> {
  try {
    return await written
  } catch (error) {
    throw explainRefusal(explainMissing(error), kind.refusals)
  }
}

/** When this transaction began, by the clock that also fills in `created_at`. */
export async function transactionTime(executor: Executor): Promise<string> {
  const [row] = await executor.run(now, {})
  return instantFromText(found(row).now)
}

const now = statement<Record<string, never>, { now: string }>((db) =>
  db.execute<{ now: string }>(sql`select now() as now`),
)
