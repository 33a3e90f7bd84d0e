import { statement } from '@tenantry/connections/statement'
import type { CellError, ImportOutcome } from '@tenantry/contracts/imports'
import { sql } from 'drizzle-orm'
import { importBatches } from '../import-batches/table.ts'
import { importRows } from '../import-rows/table.ts'

/** What became of one row. */
export interface SettledRow {
  row: number
  outcome: ImportOutcome | null
  recordId: string | null
  errors: CellError[] | null
  /** Of a record that was changed: its version afterwards, and the fields as they were. */
  before: { version: number; fields: Record<string, unknown> } | null
}

/** What is added to the counts of a batch. */
export interface Counts {
  checked: number
  invalid: number
  created: number
  updated: number
  skipped: number
  failed: number
  reverted: number
  kept: number
}

export const noCounts: Counts = {
  checked: 0,
  invalid: 0,
  created: 0,
  updated: 0,
  skipped: 0,
  failed: 0,
  reverted: 0,
  kept: 0,
}

type None = Record<string, never>

/** Errors are left out of rows that have none, and stay null. */
/** The rows of one part: told from where to where they are, Postgres reads no others of the file. */
export const settleRows = statement<{ batchId: string; rows: string; first: number; last: number }, None>((db) =>
  db.execute(sql`update ${importRows} i
    set outcome = s.outcome, record_id = s."recordId", errors = s.errors, before = s.before
    from jsonb_to_recordset(${sql.placeholder('rows')}::jsonb)
      as s(row bigint, outcome text, "recordId" uuid, errors jsonb, before jsonb)
    where i.batch_id = ${sql.placeholder('batchId')}::uuid and i.row_no = s.row
      and i.row_no between ${sql.placeholder('first')}::bigint and ${sql.placeholder('last')}::bigint`),
)

const counted = Object.keys(noCounts).map((name) => sql.identifier(name))

/** Moves the counts, and how far the pass has come; `status` is null where it goes on. */
export const settleBatch = statement<
  { id: string; counts: string; cursor: number; status: string | null; reason: string | null },
  None
>((db) =>
  db.execute(sql`update ${importBatches} b set updated_at = now(), cursor = ${sql.placeholder('cursor')}::bigint,
      status = coalesce(${sql.placeholder('status')}::text, b.status), reason = ${sql.placeholder('reason')}::text,
      ${sql.join(
        counted.map((name) => sql`${name} = b.${name} + d.${name}`),
        sql`, `,
      )}
    from jsonb_to_record(${sql.placeholder('counts')}::jsonb) as d(${sql.join(
      counted.map((name) => sql`${name} int`),
      sql`, `,
    )})
    where b.id = ${sql.placeholder('id')}::uuid`),
)

export const planBatch = statement<{ id: string; mapping: string; dedupe: string }, None>((db) =>
  db.execute(sql`update ${importBatches} set mapping = ${sql.placeholder('mapping')}::jsonb,
      dedupe = ${sql.placeholder('dedupe')}::jsonb, status = 'draft', reason = null, checked = 0, invalid = 0, cursor = 0,
      revision = revision + 1, updated_at = now()
    where id = ${sql.placeholder('id')}::uuid`),
)

/** What was wrong under another plan says nothing any more; what has failed stays so until it is tried again. */
export const forgetErrors = statement<{ batchId: string }, None>((db) =>
  db.execute(sql`update ${importRows} set errors = null
    where batch_id = ${sql.placeholder('batchId')}::uuid and errors is not null and outcome is distinct from 'kept'`),
)

export const fixRow = statement<{ batchId: string; row: number; cells: string; errors: string | null }, None>((db) =>
  db.execute(sql`update ${importRows}
    set raw = ${sql.placeholder('cells')}::jsonb, errors = ${sql.placeholder('errors')}::jsonb, outcome = null
    where batch_id = ${sql.placeholder('batchId')}::uuid and row_no = ${sql.placeholder('row')}::bigint`),
)

export const noteFix = statement<{ id: string; invalid: number; failed: number }, None>((db) =>
  db.execute(sql`update ${importBatches} set invalid = invalid + ${sql.placeholder('invalid')}::int,
      failed = failed + ${sql.placeholder('failed')}::int, revision = revision + 1, updated_at = now()
    where id = ${sql.placeholder('id')}::uuid`),
)

export const askForWork = statement<
  { id: string; status: string; workId: string; cursor: number; checked: number },
  None
>((db) =>
  db.execute(sql`update ${importBatches} set status = ${sql.placeholder('status')}, work_id = ${sql.placeholder('workId')}::uuid,
      cursor = ${sql.placeholder('cursor')}::bigint, checked = ${sql.placeholder('checked')}::int, reason = null, updated_at = now()
    where id = ${sql.placeholder('id')}::uuid`),
)
