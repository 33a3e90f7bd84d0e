import type { LeasedDrizzle } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import type { CellError, ImportBatch, ImportCountQuery, ImportOutcome, ImportRow } from '@tenantry/contracts/imports'
import { and, asc, desc, eq, notInArray, sql, type SQL } from 'drizzle-orm'
import { importBatches, type StoredStatus } from '../import-batches/table.ts'
import { importRows } from '../import-rows/table.ts'
import { memberRefs } from '../member-refs/table.ts'
import { countOf } from '../records/capped-count.ts'
import { isOneOf } from '../records/compare.ts'
import { asRows } from '../records/plain.ts'
import { sameRow } from '../records/record-table.ts'

/** A batch as work on it needs it. */
export interface StoredBatch extends Omit<ImportBatch, 'status'> {
  status: StoredStatus
  cursor: number
  revision: number
  workId: string | null
  /** For how long nobody has written to it, by the clock of the database. */
  quietSeconds: number
}

/** A row that is not imported yet. */
export interface PendingRow {
  row: number
  cells: string[]
  outcome: ImportOutcome | null
  errors: CellError[] | null
}

const shown = {
  id: importBatches.id,
  entity: importBatches.entity,
  fileName: importBatches.fileName,
  header: importBatches.header,
  encoding: importBatches.encoding,
  delimiter: importBatches.delimiter,
  mapping: importBatches.mapping,
  dedupe: importBatches.dedupe,
  status: importBatches.status,
  reason: importBatches.reason,
  total: importBatches.total,
  checked: importBatches.checked,
  invalid: importBatches.invalid,
  created: importBatches.created,
  updated: importBatches.updated,
  skipped: importBatches.skipped,
  failed: importBatches.failed,
  reverted: importBatches.reverted,
  kept: importBatches.kept,
  createdAt: importBatches.createdAt,
  createdBy: importBatches.createdBy,
  createdByName: memberRefs.displayName,
}

const stored = {
  ...shown,
  cursor: importBatches.cursor,
  revision: importBatches.revision,
  workId: importBatches.workId,
  quietSeconds: sql<number>`extract(epoch from now() - ${importBatches.updatedAt})::int`,
}

function selectBatches<Columns extends typeof shown>(db: LeasedDrizzle, columns: Columns) {
  return db
    .select(columns)
    .from(importBatches)
    .leftJoin(memberRefs, sameRow(memberRefs, memberRefs.userId, importBatches.createdBy))
}

const isThis = eq(importBatches.id, sql.placeholder('id'))
/** What comes in or is thrown away is nobody's to see. */
const isShown = notInArray(importBatches.status, ['staging', 'removing'])

export const batchById = statement<{ id: string }, ImportBatch>(
  (db) => selectBatches(db, shown).where(and(isThis, isShown)) as unknown as PromiseLike<ImportBatch[]>,
)

export const storedBatch = statement<{ id: string }, StoredBatch>(
  (db) => selectBatches(db, stored).where(isThis) as unknown as PromiseLike<StoredBatch[]>,
)

/** Whoever works on a batch does it alone. */
export const lockBatch = statement<{ id: string }, { id: string }>((db) =>
  db.select({ id: importBatches.id }).from(importBatches).where(isThis).for('no key update'),
)

/** What is not asked for is null: a company has so few files that one text serves all questions. */
interface SoughtBatches extends Record<string, unknown> {
  entity: string[] | null
  status: string[] | null
  createdBy: string | null
}

export function soughtBatches({ entity, status, createdBy }: ImportCountQuery['filters']): SoughtBatches {
  return { entity: anyOf(entity), status: anyOf(status), createdBy: createdBy ?? null }
}

/** As everywhere: a list of nothing asks for nothing. */
function anyOf(words: string[] = []): string[] | null {
  return words.length === 0 ? null : words
}

const isSought = and(
  isShown,
  sql`(${sql.placeholder('entity')}::text[] is null or ${isOneOf(importBatches.entity)(sql.placeholder('entity'))})`,
  sql`(${sql.placeholder('status')}::text[] is null or ${isOneOf(importBatches.status)(sql.placeholder('status'))})`,
  sql`(${sql.placeholder('createdBy')}::uuid is null or ${importBatches.createdBy} = ${sql.placeholder('createdBy')}::uuid)`,
)

export const batchCount = countOf(sql`${importBatches} where ${isSought}`)

export const batchesBefore = statement<SoughtBatches & { before: string | null; limit: number }, ImportBatch>(
  (db) =>
    selectBatches(db, shown)
      .where(
        and(
          isSought,
          sql`(${sql.placeholder('before')}::uuid is null or ${importBatches.id} < ${sql.placeholder('before')}::uuid)`,
        ),
      )
      .orderBy(desc(importBatches.id))
      .limit(sql.placeholder('limit')) as unknown as PromiseLike<ImportBatch[]>,
)

const row = {
  row: importRows.rowNumber,
  cells: importRows.raw,
  outcome: importRows.outcome,
  errors: sql<CellError[]>`coalesce(${importRows.errors}, '[]'::jsonb)`,
  recordId: importRows.recordId,
}

type RowPage = { batchId: string; after: number; limit: number }

function rowsWhere<Asked extends RowPage>(which?: SQL) {
  return statement<Asked, ImportRow>((db) =>
    asRows<ImportRow>(
      db
        .select(row)
        .from(importRows)
        .where(and(ofBatch, isBehind, which))
        .orderBy(asc(importRows.rowNumber))
        .limit(sql.placeholder('limit')),
    ),
  )
}

const ofBatch = eq(importRows.batchId, sql.placeholder('batchId'))
const isBehind = sql`${importRows.rowNumber} > ${sql.placeholder('after')}::bigint`

export const rowsAfter = rowsWhere<RowPage>()
export const rowsWithErrorsAfter = rowsWhere<RowPage>(sql`${importRows.errors} is not null`)
export const rowsOfOutcomeAfter = rowsWhere<RowPage & { outcome: string }>(
  eq(importRows.outcome, sql.placeholder('outcome')),
)

export const rowByNumber = statement<{ batchId: string; row: number }, ImportRow>((db) =>
  asRows<ImportRow>(
    db
      .select(row)
      .from(importRows)
      .where(and(ofBatch, eq(importRows.rowNumber, sql.placeholder('row')))),
  ),
)

export const pendingAfter = statement<RowPage, PendingRow>((db) =>
  asRows<PendingRow>(
    db
      .select({ row: row.row, cells: row.cells, outcome: row.outcome, errors: importRows.errors })
      .from(importRows)
      .where(and(ofBatch, isBehind, sql`(${importRows.outcome} is null or ${importRows.outcome} = 'failed')`))
      .orderBy(asc(importRows.rowNumber))
      .limit(sql.placeholder('limit')),
  ),
)
