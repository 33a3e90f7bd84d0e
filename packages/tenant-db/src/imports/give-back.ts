import type { ImportEntity } from '@tenantry/contracts/imports'
import { isTenantryError } from '@tenantry/errors'
import type { Acting } from '../records/acting.ts'
import { assertNotInBin } from '../records/change-record.ts'
import { differences, valuesAfter } from '../records/diff.ts'
import { fieldsOf } from '../records/record-kind.ts'
import { explainRefusal } from '../records/refusal.ts'
import type { ImportedKind, Prepared } from './imported-kind.ts'
import { importedKinds } from './kinds.ts'
import type { DoneRow, Verdict } from './revert-rows.ts'
import { touchedSince } from './touched-since.ts'
import { lockAndReadAll, writeChanges, type Change, type ReadRecords } from './write-changes.ts'

/**
 * Gives changed fields their values back, of the last row first: where several rows have changed one record, each finds what
 * the row behind it has left.
 */
export async function giveBack(
  acting: Acting,
  { entity, batchId }: { entity: ImportEntity; batchId: string },
  rows: readonly DoneRow[],
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const round of roundsOf(rows.toSorted((a, b) => b.row - a.row)))
    verdicts.push(...(await giveBackEach(acting, { entity, batchId }, round)))
  return verdicts
}

/** Rows in which no record is named twice. */
function roundsOf(rows: readonly DoneRow[]): DoneRow[][] {
  const rounds: DoneRow[][] = []
  const named = new Map<string, number>()
  for (const row of rows) {
    const round = named.get(row.recordId) ?? 0
    named.set(row.recordId, round + 1)
    ;(rounds[round] ??= []).push(row)
  }
  return rounds
}

/** All at once; what is refused is halved until the rows are found that it is because of. */
async function giveBackEach(
  acting: Acting,
  of: { entity: ImportEntity; batchId: string },
  rows: readonly DoneRow[],
): Promise<Verdict[]> {
  const [first] = rows
  if (first === undefined) return []
  try {
    return await acting.executor.savepoint((executor) => giveBackAll({ ...acting, executor }, of, rows))
  } catch (error) {
    const refusal = explainRefusal(error, importedKinds[of.entity].record.refusals)
    if (!isTenantryError(refusal) || refusal.status >= 500) throw error
    if (rows.length === 1) return [{ row: first.row, outcome: 'kept', reason: refusal.message }]
    const middle = Math.ceil(rows.length / 2)
    const last = await giveBackEach(acting, of, rows.slice(0, middle))
    return [...last, ...(await giveBackEach(acting, of, rows.slice(middle)))]
  }
}

async function giveBackAll(
  acting: Acting,
  { entity, batchId }: { entity: ImportEntity; batchId: string },
  rows: readonly DoneRow[],
): Promise<Verdict[]> {
  const { executor, actor } = acting
  const kind = importedKinds[entity]
  const giving = {
    kind,
    prepared: await kind.prepare(executor, []),
    records: await lockAndReadAll(
      executor,
      entity,
      rows.map(({ recordId }) => recordId),
    ),
    // Asked once they are locked: from then on nobody touches them.
    touched: await touchedSince(executor, entity, {
      records: rows.map(({ recordId, before }) => ({ id: recordId, version: before?.version ?? 0 })),
      requestId: actor.requestId,
    }),
  }
  const plans = rows.map((done) => planReturn(giving, done))
  const changes = plans.flatMap(({ change }) => change ?? [])
  await writeChanges(acting, entity, { batchId, changes, action: 'undone' })
  return plans.map(({ verdict }) => verdict)
}

interface Giving {
  kind: ImportedKind
  prepared: Prepared
  records: ReadRecords
  /** Why records are kept that somebody has touched since. */
  touched: ReadonlyMap<string, string>
}

function planReturn(giving: Giving, done: DoneRow): { verdict: Verdict; change?: Change } {
  const { row, recordId } = done
  try {
    const { kind, prepared, records, touched } = giving
    const now = records.changeable(recordId)
    const reason = touched.get(recordId)
    if (reason !== undefined) return { verdict: { row, outcome: 'kept', reason } }
    const diff = differences(fieldsOf(kind.record, now), done.before?.fields ?? {})
    if (Object.keys(diff).length === 0) return { verdict: { row, outcome: 'reverted' } }
    kind.record.assertAllows?.(now, 'undone', valuesAfter(diff))
    prepared.assertMayChange?.(now, valuesAfter(diff))
    assertNotInBin(now)
    return { verdict: { row, outcome: 'reverted' }, change: { before: now, diff } }
  } catch (error) {
    if (!isTenantryError(error) || error.status >= 500) throw error
    return { verdict: { row, outcome: 'kept', reason: error.message } }
  }
}
