import { legacyTableNames, type LegacyTable } from '../legacy/columns.ts'
import type { Sides } from '../sides.ts'
import { ChangedKeys, uuidArray } from './changed-keys.ts'
import { kinStatementsOf, type KinStatements } from './kin-statements.ts'
import { callOf, prepare, textArray, type PreparedStatement } from './prepared.ts'

/**
 * The given rows and all others that look otherwise because of them: rows that share something only one may have, rows that
 * point at one that is gone, and rows in quarantine that waited for one.
 */
export async function withKin(sides: Sides, given: ChangedKeys): Promise<ChangedKeys> {
  const { sharing, kin, dependants, waiting } = await preparedFor(sides)
  const keys = new ChangedKeys()
  const add = async (finding: Promise<Found[]>[]): Promise<ChangedKeys> => {
    const found = new ChangedKeys()
    for (const { table, id } of (await Promise.all(finding)).flat()) found.add(table, [id])
    const added = found.without(keys)
    keys.addAll(added)
    return added
  }
  const ask = (statement: PreparedStatement, values: string): Promise<Found[]> =>
    sides.source.run<Found>(callOf(statement, [values]))
  for (const table of given.tables()) keys.add(table, given.of(table))
  // The rows themselves have forgotten what they shared before they changed.
  await add(
    given.sharing.map(({ table, column, values }) => {
      const one = sharing.find((pair) => pair.table === table && pair.column === column)
      if (one === undefined) throw new TypeError(`${table}.${column} is not shared`)
      return ask(one.statement, textArray(values))
    }),
  )
  // Kin of kin: a date of an event, then the event, then its other dates.
  for (let round = 0, added = keys; round < 2 && !added.isEmpty; round++) {
    added = await add(touching(kin, added).map(({ statement, ids }) => ask(statement, uuidArray(ids))))
  }
  // And what depends on those that have been added.
  for (let added = keys; !added.isEmpty;) {
    const ids = legacyTableNames.flatMap((table) => added.of(table))
    added = await add([
      ...touching(dependants, added).map((one) => ask(one.statement, uuidArray(one.ids))),
      sides.target.run<Found>(callOf(waiting, [textArray(ids)])),
    ])
  }
  keys.touchesWholes = given.touchesWholes || keys.of('opportunities').length > 0
  return keys
}

type Found = { table: LegacyTable; id: string }

function touching<T extends { source: LegacyTable }>(all: T[], keys: ChangedKeys): (T & { ids: string[] })[] {
  return all.map((one) => ({ ...one, ids: keys.of(one.source) })).filter(({ ids }) => ids.length > 0)
}

/** See `prepareChanges`. */
export async function prepareKin(sides: Sides): Promise<void> {
  const { sharing, kin, dependants, waiting } = await preparedFor(sides)
  for (const { statement } of sharing) await sides.source.run(callOf(statement, [textArray([])]))
  for (const { statement } of [...kin, ...dependants]) await sides.source.run(callOf(statement, [uuidArray([])]))
  await sides.target.run(callOf(waiting, [textArray([])]))
}

const preparedSides = new WeakMap<Sides, KinStatements>()

async function preparedFor(sides: Sides): Promise<KinStatements> {
  const known = preparedSides.get(sides)
  if (known !== undefined) return known
  const statements = kinStatementsOf(sides.manifest)
  const { sharing, kin, dependants, waiting } = statements
  const ofSource = [...sharing, ...kin, ...dependants].map(({ statement }) => statement)
  await Promise.all([prepare(sides.source, ofSource), prepare(sides.target, [waiting])])
  preparedSides.set(sides, statements)
  return statements
}
