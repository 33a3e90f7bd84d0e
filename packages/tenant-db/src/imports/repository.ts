import type { Executor } from '@tenantry/connections/database'
import type { CustomInput } from '@tenantry/contracts/custom-values'
import type { ImportBatchId } from '@tenantry/contracts/ids'
import type {
  CellError,
  ImportBatch,
  ImportCountQuery,
  ImportEntity,
  ImportKey,
  ImportListQuery,
  ImportPlan,
  ImportRow,
  ImportRowsQuery,
  ImportStatus,
} from '@tenantry/contracts/imports'
import type { Count, Page } from '@tenantry/contracts/pages'
import { TenantryError } from '@tenantry/errors'
import { z } from 'zod'
import type { StoredStatus } from '../import-batches/table.ts'
import type { Acting } from '../records/acting.ts'
import { customChecker } from '../custom-fields/check-values.ts'
import { cappedCount } from '../records/capped-count.ts'
import { readCursor, writeCursor } from '../records/cursor.ts'
import { found } from '../records/found.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { explainRefusal } from '../records/refusal.ts'
import { insertRecords } from './insert-records.ts'
import { importedKinds } from './kinds.ts'
import { lookUp, matchesOf, type Found, type Named } from './lookups.ts'
import { revertRows, type RevertedRows } from './revert-rows.ts'
import {
  batchById,
  batchCount,
  batchesBefore,
  lockBatch,
  pendingAfter,
  rowByNumber,
  rowsAfter,
  rowsOfOutcomeAfter,
  rowsWithErrorsAfter,
  soughtBatches,
  storedBatch,
  type PendingRow,
  type StoredBatch,
} from './rows.ts'
import {
  askForWork,
  fixRow,
  forgetErrors,
  noCounts,
  noteFix,
  planBatch,
  settleBatch,
  settleRows,
  type Counts,
  type SettledRow,
} from './settle.ts'
import { beginBatch, endStaging, noteStaging, removeBatch, removeRows, stageRows } from './stage-rows.ts'
import type { StagedFile, StagedRow } from './stage-rows.ts'
import { updateRecords, type Patched, type UpdateOutcome } from './update-records.ts'

export class ImportsReader {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** Newest first. */
  async list({ filters, cursor, limit }: ImportListQuery): Promise<Page<ImportBatch>> {
    const before = cursor ? readCursor(cursor, 'imports', { value: z.uuid(), id: z.uuid() }).id : null
    const rows = await this.#executor.run(batchesBefore, { ...soughtBatches(filters), before, limit: limit + 1 })
    return pageOf(rows, limit, ({ id }) => writeCursor('imports', { value: id, id }))
  }

  count({ filters }: ImportCountQuery): Promise<Count> {
    return cappedCount(this.#executor, batchCount, soughtBatches(filters))
  }

  /** Throws NOT_FOUND. */
  async byId(id: ImportBatchId): Promise<ImportBatch> {
    return found((await this.#executor.run(batchById, { id }))[0])
  }

  /** In the order of the file. Throws NOT_FOUND. */
  async rows({ id, show, cursor, limit }: ImportRowsQuery): Promise<Page<ImportRow>> {
    await this.byId(id)
    const place = cursor ? readCursor(cursor, show, { value: z.int(), id: z.literal(id) }) : undefined
    const asked = { batchId: id, after: Number(place?.value ?? 0), limit: limit + 1 }
    const rows = await this.#page(show, asked)
    return pageOf(rows, limit, ({ row }) => writeCursor(show, { value: row, id }))
  }

  #page(show: ImportRowsQuery['show'], asked: { batchId: string; after: number; limit: number }): Promise<ImportRow[]> {
    if (show === 'all') return this.#executor.run(rowsAfter, asked)
    if (show === 'errors') return this.#executor.run(rowsWithErrorsAfter, asked)
    return this.#executor.run(rowsOfOutcomeAfter, { ...asked, outcome: show })
  }

  /** A batch as work on it needs it, whatever state it is in. */
  async find(id: ImportBatchId): Promise<StoredBatch | undefined> {
    return (await this.#executor.run(storedBatch, { id }))[0]
  }

  /** Rows behind one that are not imported yet, those that have failed among them. */
  pending(id: ImportBatchId, { after, limit }: { after: number; limit: number }): Promise<PendingRow[]> {
    return this.#executor.run(pendingAfter, { batchId: id, after, limit })
  }

  /** What the cells of some rows name. */
  lookUp(named: Named): Promise<Found> {
    return lookUp(this.#executor, named)
  }

  /** The records that have one of the keys, by that key. */
  matches(of: { entity: ImportEntity; by: ImportKey; keys: readonly string[] }): Promise<Map<string, string[]>> {
    return matchesOf(this.#executor, of)
  }
}

/** What can be asked of a worker. */
export type ImportWork = 'checking' | 'running' | 'reverting' | 'removing'

const resting: readonly StoredStatus[] = ['draft', 'checked', 'paused', 'done', 'failed']

export class ImportsWriter extends ImportsReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** A batch that is coming in. Nobody sees it before `open`, and work of this id throws it away when it stops coming. */
  async begin(batch: { id: ImportBatchId; entity: ImportEntity; fileName: string; workId: string }): Promise<void> {
    await this.#acting.executor.run(beginBatch, { ...batch, actorId: this.#acting.actor.id })
  }

  /** Throws NOT_FOUND for a batch that was given up. */
  async stage(id: ImportBatchId, rows: readonly StagedRow[]): Promise<void> {
    const { executor } = this.#acting
    found((await executor.run(noteStaging, { id }))[0])
    await executor.run(stageRows, { batchId: id, rows: JSON.stringify(rows) })
  }

  /** All rows are there. Throws NOT_FOUND for a batch that was given up. */
  async open(id: ImportBatchId, file: StagedFile): Promise<ImportBatch> {
    found((await this.#acting.executor.run(endStaging, { id, file: JSON.stringify(file) }))[0])
    return this.byId(id)
  }

  /** Throws NOT_FOUND, and RULE_VIOLATED for a batch that is being worked on or taken back. */
  async plan({ id, mapping, dedupe }: ImportPlan): Promise<ImportBatch> {
    assertRests(await this.lock(id))
    const { executor } = this.#acting
    await inOneTrip([
      executor.run(planBatch, { id, mapping: JSON.stringify(mapping), dedupe: JSON.stringify(dedupe) }),
      executor.run(forgetErrors, { batchId: id }),
    ])
    return this.byId(id)
  }

  /** Throws NOT_FOUND for a row that there is not, and RULE_VIOLATED for one that is imported already. */
  async rowToFix(id: ImportBatchId, row: number): Promise<ImportRow> {
    assertRests(await this.lock(id))
    const stored = found((await this.#acting.executor.run(rowByNumber, { batchId: id, row }))[0])
    if (stored.outcome === null || stored.outcome === 'failed') return stored
    throw new TenantryError('RULE_VIOLATED', { message: 'This row is imported already.' })
  }

  /** Writes the cells of a row that `rowToFix` has given. */
  async fix(id: ImportBatchId, before: ImportRow, now: { cells: string[]; errors: CellError[] }): Promise<ImportRow> {
    const { executor } = this.#acting
    const { cells } = now
    const errors = now.errors.length === 0 ? null : JSON.stringify(now.errors)
    const invalid = Number(errors !== null) - Number(before.errors.length > 0)
    const failed = before.outcome === 'failed' ? -1 : 0
    await inOneTrip([
      executor.run(fixRow, { batchId: id, row: before.row, cells: JSON.stringify(cells), errors }),
      executor.run(noteFix, { id, invalid, failed }),
    ])
    return { ...before, ...now, outcome: null }
  }

  /** Asks for work, which the application database was told of under `workId`. Asked again, it is the same work. Throws NOT_FOUND, RULE_VIOLATED. */
  async ask(id: ImportBatchId, work: ImportWork, workId: string): Promise<void> {
    const batch = await this.lock(id)
    if (batch.status !== work) {
      assertRests(batch, work)
      assertMakesSense(batch, work)
    }
    const goesOn = batch.status === work || (batch.status === 'paused' && work === 'running')
    const cursor = goesOn ? batch.cursor : work === 'reverting' ? Number.MAX_SAFE_INTEGER : 0
    const checked = work === 'checking' && !goesOn ? 0 : batch.checked
    await this.#acting.executor.run(askForWork, { id, status: work, workId, cursor, checked })
  }

  /** Lets the part that is under way end, and no other begin. Throws NOT_FOUND, RULE_VIOLATED. */
  async pause(id: ImportBatchId): Promise<ImportBatch> {
    const { status, cursor } = await this.lock(id)
    if (status !== 'running' && status !== 'checking') {
      throw new TenantryError('RULE_VIOLATED', { message: 'Only an import that runs can be paused.' })
    }
    await this.settle(id, { rows: [], counts: {}, cursor, status: status === 'running' ? 'paused' : 'draft' })
    return this.byId(id)
  }

  /** The batch, which nobody else works on before the transaction ends. Throws NOT_FOUND. */
  async lock(id: ImportBatchId): Promise<StoredBatch> {
    const { executor } = this.#acting
    const [[locked], [batch]] = await inOneTrip([executor.run(lockBatch, { id }), executor.run(storedBatch, { id })])
    if (locked === undefined) throw new TenantryError('NOT_FOUND')
    return found(batch)
  }

  /** New records, all of them or none, as if each had been created. Throws what the database refuses of any. */
  async insert(
    { id, entity }: Pick<StoredBatch, 'id' | 'entity'>,
    inputs: readonly { id: string; input: object }[],
  ): Promise<void> {
    const kind = importedKinds[entity]
    const { executor } = this.#acting
    const prepared = await kind.prepare(
      executor,
      inputs.map(({ input }) => input),
    )
    const hasCustom = inputs.some(({ input }) => 'custom' in input)
    const check = hasCustom ? await customChecker(executor, entity) : undefined
    const records = inputs.map(({ id: recordId, input }) => {
      const { custom, ...fields } = prepared.fieldsOf(input, null)
      return {
        id: recordId,
        fields: { ...fields, ...(custom !== undefined && { custom: check?.(custom as CustomInput) }) },
      }
    })
    try {
      await insertRecords(this.#inName(id), entity, { batchId: id, records })
    } catch (error) {
      throw explainRefusal(error, kind.record.refusals)
    }
  }

  /** Changes records, each named once, and gives what became of each. Throws what the database refuses of any. */
  async update(
    { id, entity }: Pick<StoredBatch, 'id' | 'entity'>,
    patches: readonly Patched[],
  ): Promise<UpdateOutcome[]> {
    try {
      return await updateRecords(this.#inName(id), entity, { batchId: id, patches })
    } catch (error) {
      throw explainRefusal(error, importedKinds[entity].record.refusals)
    }
  }

  /** Writes down what became of some rows, and how far the pass has come; it goes on where there is no other `status`. */
  async settle(
    id: ImportBatchId,
    done: {
      rows: readonly SettledRow[]
      counts: Partial<Counts>
      cursor: number
      status?: ImportStatus
      reason?: string
    },
  ): Promise<void> {
    const { executor } = this.#acting
    const { cursor, status = null, reason = null } = done
    const counts = JSON.stringify({ ...noCounts, ...done.counts })
    const numbers = done.rows.map(({ row }) => row).toSorted((a, b) => a - b)
    await inOneTrip([
      done.rows.length > 0 &&
        executor.run(settleRows, {
          batchId: id,
          rows: JSON.stringify(done.rows),
          first: numbers[0] ?? 0,
          last: numbers.at(-1) ?? 0,
        }),
      executor.run(settleBatch, { id, counts, cursor, status, reason }),
    ])
  }

  /** See `revertRows`. */
  revert({ id, entity, cursor }: StoredBatch, limit: number): Promise<RevertedRows> {
    return revertRows(this.#inName(id), { entity, batchId: id, before: cursor, limit })
  }

  /** Throws some rows away, and with the last of them the batch. Gives how many there were. */
  async removePart(id: ImportBatchId, limit: number): Promise<number> {
    const { executor } = this.#acting
    const { length } = await executor.run(removeRows, { batchId: id, limit })
    if (length < limit) await executor.run(removeBatch, { id })
    return length
  }

  /** Lines of history name the import that they come from. */
  #inName(id: ImportBatchId): Acting {
    const { executor, actor } = this.#acting
    return { executor, actor: { ...actor, requestId: `import-${id}` } }
  }
}

function assertRests({ status, kept }: StoredBatch, work?: ImportWork): void {
  if (status === 'staging' || status === 'removing') throw new TenantryError('NOT_FOUND')
  // What was kept may have become free.
  const isForReverted = work === 'removing' || (work === 'reverting' && kept > 0)
  if (resting.includes(status) || (status === 'reverted' && isForReverted)) return
  const message =
    status === 'reverted'
      ? 'This import has been taken back. Upload the file again.'
      : 'This import is being worked on.'
  throw new TenantryError('RULE_VIOLATED', { message })
}

function assertMakesSense(batch: StoredBatch, work: ImportWork): void {
  if ((work === 'checking' || work === 'running') && batch.mapping.length === 0) {
    throw new TenantryError('RULE_VIOLATED', { message: 'Say which column fills which field first.' })
  }
  const isBegun = batch.created + batch.updated > 0 || ['paused', 'done', 'failed'].includes(batch.status)
  if (work === 'reverting' && !isBegun) {
    throw new TenantryError('RULE_VIOLATED', { message: 'This import has changed nothing.' })
  }
}

function pageOf<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => string): Page<Row> {
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
