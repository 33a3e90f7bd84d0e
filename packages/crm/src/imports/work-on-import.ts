import type { ImportBatchId } from '@tenantry/contracts/ids'
import { TenantryError } from '@tenantry/errors'
import type { Counts, PendingRow, SettledRow, StoredBatch, TenantDb, TenantReader } from '@tenantry/tenant-db/types'
import { checkRows, type CheckedRow } from './check-rows.ts'
import { writeRows } from './write-rows.ts'

export interface ImportDesk {
  read<T>(work: (db: TenantReader) => Promise<T>): Promise<T>
  /** One transaction. */
  write<T>(work: (db: TenantDb) => Promise<T>): Promise<T>
}

export interface ImportTurn {
  batchId: ImportBatchId
  /** Under which the work was asked for. */
  workId: string
  /** Rows of one transaction. */
  partRows: number
  /** After so long it leaves the rest to another turn. */
  turnMs: number
  /** Called before and after each commit, for whoever wants to see what a crash there does. */
  onPoint?: ((point: ImportPoint) => void) | undefined
}

export type ImportPoint = 'before commit' | 'committed'

/**
 * `early`: what was asked for is not committed yet, or never will be. `waiting`: a file is still coming in. `more`: this turn
 * is over and the work is not. `over`: there is nothing left to do.
 */
export type TurnEnd = 'early' | 'waiting' | 'more' | 'over'

/** A file that nobody has added to for so long is not coming any more. */
const longestPauseSeconds = 600

/**
 * Goes on with the work on a file of rows from where it is. Each part is one transaction of records, their history, what
 * became of the rows, the counts and the place: a process that dies leaves whole parts, and any number of them at once do
 * each part once.
 */
export async function workOnImport(desk: ImportDesk, turn: ImportTurn): Promise<TurnEnd> {
  const { batchId, workId } = turn
  const batch = await desk.read((db) => db.imports.find(batchId))
  // Ids of work are in the order in which it was asked for; a batch of whom nothing is left may also be a batch to come.
  if (batch === undefined || batch.workId === null || batch.workId < workId) return 'early'
  switch (batch.status) {
    case 'staging':
      return batch.quietSeconds < longestPauseSeconds ? 'waiting' : partByPart(turn, () => removePart(desk, turn))
    case 'removing':
      return partByPart(turn, () => removePart(desk, turn))
    case 'checking':
      return rowByRow(desk, turn, { status: 'checking', ends: 'checked', settle: settleChecked })
    case 'running':
      return rowByRow(desk, turn, { status: 'running', ends: 'done', settle: settleWritten })
    case 'reverting':
      return partByPart(turn, () => revertPart(desk, turn))
    default:
      return 'over'
  }
}

/** Ends what cannot go on: the batch says why. */
export async function failImport(
  { write }: Pick<ImportDesk, 'write'>,
  { batchId, workId }: Pick<ImportTurn, 'batchId' | 'workId'>,
  reason: string,
): Promise<void> {
  await write(async (db) => {
    const batch = await db.imports.lock(batchId)
    const isUnderWay = ['checking', 'running', 'reverting'].includes(batch.status)
    if (batch.workId !== workId || !isUnderWay) return
    await db.imports.settle(batchId, { rows: [], counts: {}, cursor: batch.cursor, status: 'failed', reason })
  })
}

/** A pass over the rows that are not imported yet. */
interface Pass {
  status: 'checking' | 'running'
  ends: 'checked' | 'done'
  settle: (db: TenantDb, batch: StoredBatch, rows: CheckedRow<PendingRow>[]) => Promise<Settled>
}

interface Settled {
  rows: SettledRow[]
  counts: Partial<Counts>
}

/** Rows as they were read, and what was found out about them. */
interface Part {
  /** Undefined once the batch is in another state. */
  batch: StoredBatch | undefined
  rows: CheckedRow<PendingRow>[]
  last: number
  isLast: boolean
}

async function rowByRow(desk: ImportDesk, turn: ImportTurn, pass: Pass): Promise<TurnEnd> {
  const end = performance.now() + turn.turnMs
  let coming = readPart(desk, turn, pass)
  for (;;) {
    const part = await coming
    if (part.batch === undefined) return 'over'
    // The next rows are read and checked while these are written.
    const next = part.isLast ? undefined : readPart(desk, turn, pass, part.last)
    next?.catch(() => undefined)
    const isStillSo = await desk.write((db) => settlePart(db, turn, { pass, part }))
    if (isStillSo) turn.onPoint?.('committed')
    if (isStillSo && part.isLast) return 'over'
    coming = isStillSo && next !== undefined ? next : readPart(desk, turn, pass)
    if (performance.now() > end) {
      await coming.catch(() => undefined)
      return 'more'
    }
  }
}

function readPart(
  { read }: ImportDesk,
  { batchId, partRows }: ImportTurn,
  { status }: Pass,
  after?: number,
): Promise<Part> {
  return read(async (db) => {
    const batch = await db.imports.find(batchId)
    if (batch?.status !== status) return { batch: undefined, rows: [], last: 0, isLast: true }
    const from = after ?? batch.cursor
    const pending = await db.imports.pending(batchId, { after: from, limit: partRows })
    const rows = await checkRows(db, batch, pending)
    return {
      batch: { ...batch, cursor: from },
      rows,
      last: pending.at(-1)?.row ?? from,
      isLast: pending.length < partRows,
    }
  })
}

/** False where the batch is not what the part was read from: somebody paused it, changed a row, or has done the part already. */
async function settlePart(
  db: TenantDb,
  { batchId, onPoint }: ImportTurn,
  { pass, part }: { pass: Pass; part: Part },
): Promise<boolean> {
  const batch = await db.imports.lock(batchId)
  const { batch: read, rows, last, isLast } = part
  if (batch.status !== pass.status || batch.revision !== read?.revision || batch.cursor !== read.cursor) return false
  const settled = await pass.settle(db, batch, rows)
  await db.imports.settle(batchId, { ...settled, cursor: last, ...(isLast && { status: pass.ends }) })
  onPoint?.('before commit')
  return true
}

function settleChecked(_db: TenantDb, _batch: StoredBatch, rows: CheckedRow<PendingRow>[]): Promise<Settled> {
  const changed = rows.filter(({ from, errors }) => errors !== undefined || from.errors !== null)
  return Promise.resolve({
    rows: changed.map(({ from: { row, outcome }, errors = null }) => ({
      row,
      outcome,
      errors,
      recordId: null,
      before: null,
    })),
    counts: { checked: rows.length, invalid: newlyInvalid(rows, (row) => row.errors !== undefined) },
  })
}

async function settleWritten(db: TenantDb, batch: StoredBatch, rows: CheckedRow<PendingRow>[]): Promise<Settled> {
  const settled = await writeRows(db, batch, rows)
  const having = (outcome: SettledRow['outcome']) => settled.filter((row) => row.outcome === outcome).length
  const failed = new Set(settled.filter(({ outcome }) => outcome === 'failed').map(({ row }) => row))
  return {
    rows: settled,
    counts: {
      created: having('created'),
      updated: having('updated'),
      skipped: having('skipped'),
      failed: failed.size - rows.filter(({ from }) => from.outcome === 'failed').length,
      invalid: newlyInvalid(rows, ({ from }) => failed.has(from.row)),
    },
  }
}

function newlyInvalid(
  rows: readonly CheckedRow<PendingRow>[],
  isInvalid: (row: CheckedRow<PendingRow>) => boolean,
): number {
  return rows.filter(isInvalid).length - rows.filter(({ from }) => from.errors !== null).length
}

async function partByPart(
  { turnMs, onPoint }: ImportTurn,
  part: () => Promise<StoredBatch['status'] | 'over'>,
): Promise<TurnEnd> {
  const end = performance.now() + turnMs
  for (;;) {
    const done = await part()
    if (done === 'over') return 'over'
    onPoint?.('committed')
    if (performance.now() > end) return 'more'
  }
}

async function revertPart(
  { write }: ImportDesk,
  { batchId, partRows, onPoint }: ImportTurn,
): Promise<'reverting' | 'over'> {
  return write(async (db) => {
    const batch = await db.imports.lock(batchId)
    if (batch.status !== 'reverting') return 'over'
    const { rows, keptBefore } = await db.imports.revert(batch, partRows)
    const kept = rows.filter(({ outcome }) => outcome === 'kept').length
    const counts = { kept: kept - keptBefore, reverted: rows.length - kept, invalid: kept - keptBefore }
    const cursor = Math.min(batch.cursor, ...rows.map(({ row }) => row))
    const isLast = rows.length < partRows
    await db.imports.settle(batchId, { rows, counts, cursor, ...(isLast && { status: 'reverted' }) })
    onPoint?.('before commit')
    return isLast ? 'over' : 'reverting'
  })
}

async function removePart({ write }: ImportDesk, { batchId, partRows }: ImportTurn): Promise<'removing' | 'over'> {
  const limit = 10 * partRows
  return write(async (db) => {
    // Whoever works on it at the same time waits here, and finds nothing afterwards.
    const batch = await db.imports.find(batchId)
    if (batch === undefined) return 'over'
    const { status } = await db.imports.lock(batchId)
    if (status !== 'removing' && status !== 'staging') throw new TenantryError('RULE_VIOLATED')
    return (await db.imports.removePart(batchId, limit)) < limit ? 'over' : 'removing'
  })
}
