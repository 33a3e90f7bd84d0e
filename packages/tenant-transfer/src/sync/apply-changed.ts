import type { CopyLink } from '@tenantry/connections/copy'
import type { TransferTable } from '@tenantry/tenant-db/transfer'
import { inTransaction, type Sides } from '../sides.ts'
import { ChangedKeys } from './changed-keys.ts'
import {
  allValues,
  changedStatementsOf,
  groupValues,
  type ChangedStatements,
  type GroupStatements,
  type ReadRow,
} from './changed-statements.ts'
import { compareSides } from './compare.ts'
import { ensureStaging } from './copy-entry.ts'
import { isTouched } from './groups.ts'
import { callOf, prepare, textArray } from './prepared.ts'
import { prepareKin, withKin } from './with-kin.ts'

/** So many keys go into one transaction; beyond, each table is one of its own. */
const mostAtOnce = 5000

export interface Applied {
  /** Rows of the tenant database that changed. */
  changed: number
  keys: ChangedKeys
  /** Rows that were read back and compared, and those of them that are not what the old tables say. */
  compared: number
  differing: number
}

/**
 * Makes the tenant database say of these rows what the old tables say of them now: put, changed, taken away or put into
 * quarantine; then reads them back and compares. Nothing depends on what happened to them, so doing it twice is doing it
 * once. `alongside` runs in the last transaction. The caller has a reading transaction open on the source.
 */
export async function applyChanged(
  sides: Sides,
  given: ChangedKeys,
  alongside: () => Promise<void> = () => Promise.resolve(),
): Promise<Applied> {
  if (given.isEmpty) {
    // Only the place in the stream moves on.
    await inTransaction(sides.target, alongside)
    return { changed: 0, keys: given, compared: 0, differing: 0 }
  }
  const keys = await withKin(sides, given)
  if (keys.size <= mostAtOnce) return { keys, ...(await applyAtOnce(sides, keys, { alongside })) }
  const changed = await applyTableByTable(sides, keys, alongside)
  const comparisons = await compareSides(sides, { only: keys, limit: 10 })
  return {
    changed,
    keys,
    compared: comparisons.reduce((sum, { rows }) => sum + rows, 0),
    differing: comparisons.reduce((sum, { differences }) => sum + differences.length, 0),
  }
}

/**
 * Has both sides parse and plan everything that bringing few rows takes, by bringing none. Who counts on being quick later
 * calls it; everybody else pays with the first row.
 */
export async function prepareChanges(sides: Sides): Promise<void> {
  await prepareKin(sides)
  const statements = await preparedFor(sides)
  const none = new ChangedKeys()
  none.touchesWholes = true
  await sides.source.run(callOf(statements.read, allValues(none)))
  await inTransaction(sides.target, async () => {
    for (const { group, stage, takeAway, giveUp, put } of statements.groups) {
      await sides.target.run(callOf(stage, [textArray([])]))
      if (giveUp !== undefined) await sides.target.run(callOf(giveUp, []))
      await sides.target.run(callOf(put, []))
      // What follows from many rows would be taken away where none is staged.
      if (group.first.targetWhere === undefined) await sides.target.run(callOf(takeAway, groupValues(group, none)))
    }
    await sides.target.run(callOf(statements.hash, allValues(none)))
  })
}

/** Parents first; what accounts may not leave behind is taken away before them, by the rounds of the other tables. */
async function applyTableByTable(sides: Sides, keys: ChangedKeys, alongside: () => Promise<void>): Promise<number> {
  let changed = 0
  const tables = sides.manifest.moves.map(({ source }) => source)
  for (const table of [...tables, ...tables.slice(0, 1)]) {
    const ids = keys.of(table)
    for (let at = 0; at < ids.length; at += mostAtOnce) {
      const some = new ChangedKeys()
      some.add(table, ids.slice(at, at + mostAtOnce))
      some.touchesWholes = table === 'opportunities'
      const isLast = at + mostAtOnce >= ids.length
      changed += (await applyAtOnce(sides, some, { keepAccounts: table === 'accounts' && !isLast })).changed
    }
  }
  await inTransaction(sides.target, alongside)
  return changed
}

async function applyAtOnce(
  sides: Sides,
  keys: ChangedKeys,
  { keepAccounts = false, alongside }: { keepAccounts?: boolean; alongside?: () => Promise<void> },
): Promise<Omit<Applied, 'keys'>> {
  const { source, target } = sides
  const statements = await preparedFor(sides)
  const rows = await source.run<ReadRow>(callOf(statements.read, allValues(keys)))
  const touched = statements.groups.filter(({ group }) => isTouched(group, keys))
  return await inTransaction(target, async () => {
    // All of it is on its way before the first is answered: nothing waits for an answer to know what comes next.
    const done: Promise<unknown>[] = stageRows(target, touched, rows)
    const counts: Promise<number>[] = []
    const takeAway = ({ group, takeAway: statement }: GroupStatements) =>
      counts.push(target.change(callOf(statement, groupValues(group, keys))))
    for (const one of touched.toReversed()) if (!isHeldOnTo(one)) takeAway(one)
    for (const { giveUp, put } of touched) {
      if (giveUp !== undefined) done.push(target.run(callOf(giveUp, [])))
      counts.push(target.change(callOf(put, [])))
    }
    for (const one of touched.toReversed()) {
      if (isHeldOnTo(one) && !(keepAccounts && one.group.table === 'accounts')) takeAway(one)
    }
    const hashes = target.run<Omit<ReadRow, 'content'>>(callOf(statements.hash, allValues(keys)))
    done.push(hashes, ...counts, alongside?.() ?? Promise.resolve())
    await Promise.all(done)
    const changed = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
    return { changed, compared: rows.length, differing: countDiffering(rows, await hashes) }
  })
}

function stageRows(target: CopyLink, touched: GroupStatements[], rows: ReadRow[]): Promise<unknown>[] {
  const contents = new Map<TransferTable, string[]>()
  for (const { name, content } of rows) {
    const some = contents.get(name)
    if (some === undefined) contents.set(name, [content])
    else some.push(content)
  }
  return touched.flatMap(({ group, stage }) => {
    const some = contents.get(group.table)
    return some === undefined ? [] : [target.run(callOf(stage, [textArray(some)]))]
  })
}

function countDiffering(ours: Omit<ReadRow, 'content'>[], theirs: Omit<ReadRow, 'content'>[]): number {
  const left = new Map(ours.map(({ name, key, hash }) => [`${name} ${key}`, hash]))
  let differing = 0
  for (const { name, key, hash } of theirs) {
    if (left.get(`${name} ${key}`) !== hash) differing++
    left.delete(`${name} ${key}`)
  }
  return differing + left.size
}

const preparedSides = new WeakMap<Sides, ChangedStatements>()

async function preparedFor(sides: Sides): Promise<ChangedStatements> {
  const known = preparedSides.get(sides)
  if (known !== undefined) return known
  const statements = changedStatementsOf(sides.manifest)
  for (const { group } of statements.groups) await ensureStaging(sides.target, group.first)
  const ofTarget = statements.groups.flatMap(({ stage, takeAway, giveUp, put }) => [
    stage,
    takeAway,
    put,
    ...(giveUp === undefined ? [] : [giveUp]),
  ])
  await Promise.all([prepare(sides.source, [statements.read]), prepare(sides.target, [...ofTarget, statements.hash])])
  preparedSides.set(sides, statements)
  return statements
}

/** Rows that others point at and that cannot go before those have let go. All others go first and make room. */
function isHeldOnTo({ group: { table } }: GroupStatements): boolean {
  return table === 'accounts' || table === 'pipelines' || table === 'pipeline_stages'
}
