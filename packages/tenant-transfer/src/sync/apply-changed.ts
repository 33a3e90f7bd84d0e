import type { CopyLink } from '@tenantry/connections/copy'
import type { TransferTable } from '@tenantry/tenant-db/transfer'
import { inTransaction, type Sides } from '../sides.ts'
import { ChangedKeys, uuidArray } from './changed-keys.ts'
import {
  changedStatementsOf,
  groupValues,
  type GroupStatements,
  type ReadRow,
  type RowHash,
} from './changed-statements.ts'
import { compareSides } from './compare.ts'
import { ensureStaging } from './copy-entry.ts'
import { isTouched, sourcesOf } from './groups.ts'
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
  for (const { statement } of statements.flatMap(({ read }) => read)) {
    await sides.source.run(
      callOf(
        statement,
        statement.types.map(() => uuidArray([])),
      ),
    )
  }
  await inTransaction(sides.target, async () => {
    for (const { group, stage, takeAway, giveUp, put, hash } of statements) {
      await sides.target.run(callOf(stage, [textArray([])]))
      if (giveUp !== undefined) await sides.target.run(callOf(giveUp, []))
      await sides.target.run(callOf(put, []))
      // What follows from many rows would be taken away where none is staged.
      if (sourcesOf(group).length > 0) await sides.target.run(callOf(takeAway, groupValues(group, none)))
      await sides.target.run(callOf(hash, groupValues(group, none)))
    }
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
  const { target } = sides
  const touched = (await preparedFor(sides)).filter(({ group }) => isTouched(group, keys))
  const rows = await readChanged(sides, touched, keys)
  // All of it is on its way before the first is answered: nothing waits for an answer to know what comes next. Where one
  // fails so do those behind it, and nothing is committed.
  const done: Promise<unknown>[] = [target.run('begin'), ...stageRows(target, touched, rows)]
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
  const hashes = touched.map(({ group, hash }) => target.run<RowHash>(callOf(hash, groupValues(group, keys))))
  done.push(alongside?.() ?? Promise.resolve(), target.run('commit'))
  try {
    await Promise.all([...done, ...counts, ...hashes])
  } catch (error) {
    await target.run('rollback').catch(() => undefined)
    throw error
  }
  const changed = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  return { changed, compared: rows.length, differing: countDiffering(rows, (await Promise.all(hashes)).flat()) }
}

async function readChanged({ source }: Sides, touched: GroupStatements[], keys: ChangedKeys): Promise<ReadRow[]> {
  const calls = touched.flatMap(({ read }) =>
    read.flatMap(({ source: table, statement }) => {
      if (table === undefined) return [callOf(statement, [])]
      const ids = keys.of(table)
      return ids.length === 0 ? [] : [callOf(statement, [uuidArray(ids)])]
    }),
  )
  return (await Promise.all(calls.map((call) => source.run<ReadRow>(call)))).flat()
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

function countDiffering(ours: RowHash[], theirs: RowHash[]): number {
  const left = new Map(ours.map(({ name, key, hash }) => [`${name} ${key}`, hash]))
  let differing = 0
  for (const { name, key, hash } of theirs) {
    if (left.get(`${name} ${key}`) !== hash) differing++
    left.delete(`${name} ${key}`)
  }
  return differing + left.size
}

const preparedSides = new WeakMap<Sides, GroupStatements[]>()

async function preparedFor(sides: Sides): Promise<GroupStatements[]> {
  const known = preparedSides.get(sides)
  if (known !== undefined) return known
  const statements = changedStatementsOf(sides.manifest)
  for (const { group } of statements) await ensureStaging(sides.target, group.first)
  const ofSource = statements.flatMap(({ read }) => read.map(({ statement }) => statement))
  const ofTarget = statements.flatMap(({ stage, takeAway, giveUp, put, hash }) => [
    stage,
    takeAway,
    put,
    hash,
    ...(giveUp === undefined ? [] : [giveUp]),
  ])
  await Promise.all([prepare(sides.source, ofSource), prepare(sides.target, ofTarget)])
  preparedSides.set(sides, statements)
  return statements
}

/** Rows that others point at and that cannot go before those have let go. All others go first and make room. */
function isHeldOnTo({ group: { table } }: GroupStatements): boolean {
  return table === 'accounts' || table === 'pipelines' || table === 'pipeline_stages'
}
