import type { CopyLink } from '@tenantry/connections/copy'
import type { Entry } from '../manifest/entry.ts'
import { quoted } from '../manifest/entry.ts'
import { inTransaction, type Sides } from '../sides.ts'
import { putMark, type Mark } from './marks.ts'
import { oneAhead, rowBatches, type RowBatch } from './row-batches.ts'
import { createStaging, putStaged, selectAfter, selectRows, yieldStaged } from './statements.ts'

export interface CopyResult {
  /** Rows of old tables that came in this run. */
  rows: number
  /** That were not there, or otherwise. */
  changed: number
  /** False when it was stopped before the last batch. */
  isWhole: boolean
}

const defaultBatchBytes = 1024 * 1024

/**
 * Streams the rows of an entry from the old tables into their own. Each batch is one transaction together with the mark
 * that says how far it went, so whoever is killed goes on behind the last one that is whole.
 */
export async function copyEntry(
  { source, target }: Sides,
  entry: Entry,
  options: {
    mark: Mark | undefined
    batchBytes?: number | undefined
    stop?: AbortSignal | undefined
    onRows?: (rows: number) => void
  },
): Promise<CopyResult> {
  await ensureStaging(target, entry)
  if (entry.sourceId === undefined) return await copyWhole({ source, target }, entry)
  const before = options.mark ?? { name: entry.name, lastId: null, rows: 0, isDone: false }
  const from = source.copyOut(`copy (${selectAfter(entry, before.lastId ?? undefined)}) to stdout`)
  let mark: Mark = before
  let changed = 0
  for await (const batch of oneAhead(rowBatches(from, options.batchBytes ?? defaultBatchBytes))) {
    mark = { ...mark, lastId: batch.lastId, rows: mark.rows + batch.rows }
    changed += await inTransaction(target, () => putBatch({ target }, entry, { batch, mark }))
    options.onRows?.(mark.rows)
    if (options.stop?.aborted) return { rows: mark.rows - before.rows, changed, isWhole: false }
  }
  await putMark(target, { ...mark, isDone: true })
  return { rows: mark.rows - before.rows, changed, isWhole: true }
}

const withStaging = new WeakMap<CopyLink, Set<string>>()

/** Once for each connection: the tables live as long as it does, and are empty after every transaction. */
export async function ensureStaging(target: CopyLink, entry: Entry): Promise<void> {
  const made = withStaging.get(target) ?? new Set()
  withStaging.set(target, made)
  if (made.has(entry.target)) return
  await target.run(createStaging(entry))
  made.add(entry.target)
}

async function putBatch(
  { target }: Pick<Sides, 'target'>,
  entry: Entry,
  { batch, mark }: { batch: RowBatch; mark: Mark },
): Promise<number> {
  const names = entry.columns.map(({ name }) => quoted(name)).join(', ')
  const copy = await target.copyIn(`copy pg_temp.staged_${entry.target} (source_row, ${names}) from stdin`)
  await copy.write(batch.bytes)
  await copy.end()
  const yielding = yieldStaged(entry)
  if (yielding !== undefined) await target.run(yielding)
  const changed = await target.change(putStaged(entry))
  await putMark(target, mark)
  return changed
}

/** What follows from many rows at once is small, and is put as one. */
async function copyWhole({ source, target }: Pick<Sides, 'source' | 'target'>, entry: Entry): Promise<CopyResult> {
  return await inTransaction(target, async () => {
    await stage({ source, target }, entry, '')
    return { rows: 0, changed: await target.change(putStaged(entry)), isWhole: true }
  })
}

/** Rows of an entry from the old tables into the staging table, inside a transaction of the target. */
export async function stage(
  { source, target }: Pick<Sides, 'source' | 'target'>,
  entry: Entry,
  and: string,
): Promise<number> {
  const names = entry.columns.map(({ name }) => quoted(name)).join(', ')
  const copy = await target.copyIn(`copy pg_temp.staged_${entry.target} (${names}) from stdin`)
  for await (const piece of source.copyOut(`copy (${selectRows(entry, and)}) to stdout`)) await copy.write(piece)
  return await copy.end()
}
