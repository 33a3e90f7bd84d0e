import type { Entry } from '../manifest/entry.ts'
import { inTransaction, type Sides } from '../sides.ts'
import type { LegacyTable } from '../legacy/columns.ts'
import { ChangedKeys, uuidArray } from './changed-keys.ts'
import { ensureStaging, stage } from './copy-entry.ts'
import { putStaged, yieldStaged } from './statements.ts'
import { withKin } from './with-kin.ts'

/** So many keys go into one transaction; beyond, each table is one of its own. */
const mostAtOnce = 5000

/**
 * Makes the tenant database say of these rows what the old tables say of them now: put, changed, taken away or put into
 * quarantine. Nothing depends on what happened to them, so doing it twice is doing it once. `alongside` runs in the last
 * transaction. Gives the number of rows changed. The caller has a reading transaction open on the source.
 */
export async function applyChanged(
  sides: Sides,
  given: ChangedKeys,
  alongside: () => Promise<void> = () => Promise.resolve(),
): Promise<{ changed: number; keys: ChangedKeys }> {
  const keys = await withKin(sides, given)
  if (keys.isEmpty) {
    // Only the place in the stream moves on.
    await inTransaction(sides.target, alongside)
    return { changed: 0, keys }
  }
  const changed =
    keys.size <= mostAtOnce
      ? await applyAtOnce(sides, keys, alongside)
      : await applyTableByTable(sides, keys, alongside)
  return { changed, keys }
}

async function applyAtOnce(sides: Sides, keys: ChangedKeys, alongside: () => Promise<void>): Promise<number> {
  const entries = entriesOf(sides, keys)
  for (const entry of entries) await ensureStaging(sides.target, entry)
  return await inTransaction(sides.target, async () => {
    const changed = await putAll(sides, entries, keys)
    await alongside()
    return changed
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
      const entries = entriesOf(sides, some)
      for (const entry of entries) await ensureStaging(sides.target, entry)
      const isLast = at + mostAtOnce >= ids.length
      changed += await inTransaction(sides.target, () =>
        putAll(sides, entries, some, { keepAccounts: table === 'accounts' && !isLast }),
      )
    }
  }
  await inTransaction(sides.target, alongside)
  return changed
}

function entriesOf({ manifest }: Sides, keys: ChangedKeys): Entry[] {
  const entries = manifest.entries.filter(({ source, target }) =>
    source === undefined
      ? target !== 'transfer_quarantine' && (keys.touchesWholes || keys.of('opportunities').length > 0)
      : keys.of(source).length > 0,
  )
  return keys.tables().length > 0 ? [...entries, manifest.quarantineOf(keys.tables())] : entries
}

async function putAll(
  sides: Sides,
  entries: Entry[],
  keys: ChangedKeys,
  { keepAccounts = false }: { keepAccounts?: boolean } = {},
): Promise<number> {
  const { target } = sides
  let changed = 0
  // Nothing is staged twice: entries of one target have the same staging table, one after the other.
  const staged = new Map<string, Entry[]>()
  for (const entry of entries) {
    const same = [...(staged.get(entry.target) ?? []), entry]
    // Behind everything its last entry depends on.
    staged.delete(entry.target)
    staged.set(entry.target, same)
    await stage(sides, entry, narrowed(entry, keys))
  }
  const inOrder = [...staged.values()]
  for (const same of inOrder.toReversed()) {
    if (!isHeldOnTo(same)) changed += await takeAway(sides, same, keys)
  }
  for (const [entry] of inOrder) {
    if (entry === undefined) continue
    const yielding = yieldStaged(entry)
    if (yielding !== undefined) await target.run(yielding)
    changed += await target.change(putStaged(entry))
  }
  for (const same of inOrder.toReversed()) {
    if (isHeldOnTo(same) && !(keepAccounts && same[0]?.target === 'accounts'))
      changed += await takeAway(sides, same, keys)
  }
  return changed
}

/** Rows that others point at and that cannot go before those have let go. All others go first and make room. */
function isHeldOnTo([entry]: Entry[]): boolean {
  return entry?.target === 'accounts' || entry?.target === 'pipelines' || entry?.target === 'pipeline_stages'
}

function narrowed(entry: Entry, keys: ChangedKeys): string {
  if (entry.target === 'transfer_quarantine') {
    const tables = keys
      .tables()
      .map((table) => `noted.source_table = '${table}' and noted.source_id = any (${uuidArray(keys.of(table))})`)
    return ` and (${tables.join(' or ') || 'false'})`
  }
  return entry.source === undefined ? '' : ` and ${entry.sourceId} = any (${uuidArray(keys.of(entry.source))})`
}

/** Rows of these keys that are in the target and were not staged: gone from the old tables, or not to be moved in any more. */
async function takeAway({ target }: Sides, entries: Entry[], keys: ChangedKeys): Promise<number> {
  const [first] = entries
  if (first === undefined) return 0
  if (first.target === 'transfer_quarantine') {
    const tables: LegacyTable[] = keys.tables()
    const pairs = tables.map(
      (table) => `gone.source_table = '${table}' and gone.source_id = any (${uuidArray(keys.of(table))})`,
    )
    return await target.change(`delete from crm.transfer_quarantine gone where (${pairs.join(' or ') || 'false'})
      and not exists (select from pg_temp.staged_transfer_quarantine s where s.source_table = gone.source_table
        and s.source_id = gone.source_id and s.column_name = gone.column_name)`)
  }
  const ids = entries.flatMap(({ source, keyOfChanged }) =>
    source === undefined || keyOfChanged === undefined
      ? []
      : [`select ${keyOfChanged} from unnest(${uuidArray(keys.of(source))}) changed (id)`],
  )
  const where = ids.length > 0 ? `gone.id in (${ids.join(' union all ')})` : `gone.${first.targetWhere ?? 'false'}`
  return await target.change(`delete from crm.${first.target} gone where ${where}
    and not exists (select from pg_temp.staged_${first.target} s where s.id = gone.id)`)
}
