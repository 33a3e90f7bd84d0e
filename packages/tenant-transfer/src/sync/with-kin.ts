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
  const statements = await preparedFor(sides)
  const keys = new ChangedKeys()
  for (const table of given.tables()) keys.add(table, given.of(table))
  await addSharing(sides, statements, { given, keys })
  // Kin of kin: a date of an event, then the event, then its other dates.
  for (let round = 0; round < 2; round++) await addFound(sides.source, statements.kin, { values: valuesOf(keys), keys })
  // And what depends on those that have been added.
  for (let added = keys; !added.isEmpty;) {
    const found = new ChangedKeys()
    const ids = legacyTableNames.flatMap((table) => added.of(table))
    await Promise.all([
      addFound(sides.source, statements.dependants, { values: valuesOf(added), keys: found }),
      addFound(sides.target, statements.waiting, { values: [textArray(ids)], keys: found }),
    ])
    added = found.without(keys)
    keys.addAll(added)
  }
  keys.touchesWholes = given.touchesWholes || keys.of('opportunities').length > 0
  return keys
}

/** See `prepareChanges`. */
export async function prepareKin(sides: Sides): Promise<void> {
  const { sharing, shared, kin, dependants, waiting } = await preparedFor(sides)
  const none = valuesOf(new ChangedKeys())
  await sides.source.run(
    callOf(
      sharing,
      shared.map(() => textArray([])),
    ),
  )
  await sides.source.run(callOf(kin, none))
  await sides.source.run(callOf(dependants, none))
  await sides.target.run(callOf(waiting, [textArray([])]))
}

/** The rows themselves have forgotten what they shared before they changed. */
async function addSharing(
  { source }: Sides,
  { sharing, shared }: KinStatements,
  { given, keys }: { given: ChangedKeys; keys: ChangedKeys },
): Promise<void> {
  if (given.sharing.length === 0) return
  const values = shared.map(({ table, column }) =>
    textArray(given.sharing.find((one) => one.table === table && one.column === column)?.values ?? []),
  )
  await addFound(source, sharing, { values, keys })
}

async function addFound(
  link: Sides['source'],
  statement: PreparedStatement,
  { values, keys }: { values: string[]; keys: ChangedKeys },
): Promise<void> {
  for (const { table, id } of await link.run<{ table: LegacyTable; id: string }>(callOf(statement, values))) {
    keys.add(table, [id])
  }
}

function valuesOf(keys: ChangedKeys): string[] {
  return legacyTableNames.map((table) => uuidArray(keys.of(table)))
}

const preparedSides = new WeakMap<Sides, KinStatements>()

async function preparedFor(sides: Sides): Promise<KinStatements> {
  const known = preparedSides.get(sides)
  if (known !== undefined) return known
  const statements = kinStatementsOf(sides.manifest)
  const { sharing, kin, dependants, waiting } = statements
  await Promise.all([prepare(sides.source, [sharing, kin, dependants]), prepare(sides.target, [waiting])])
  preparedSides.set(sides, statements)
  return statements
}
