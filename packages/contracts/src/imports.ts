import { z } from 'zod'
import { FileName } from './attachments.ts'
import { ImportBatchId, UserId } from './ids.ts'
import { Cursor, PageSize } from './pages.ts'
import { Instant, text } from './scalars.ts'

/** Kinds of records that a file can bring. */
export const ImportEntity = z.enum(['account', 'contact', 'lead', 'catalog_item', 'opportunity'])
export type ImportEntity = z.infer<typeof ImportEntity>

/**
 * `draft` waits for its mapping or to be started. A worker turns `checking` into `checked`, `running` into `done` and
 * `reverting` into `reverted`, and any of the three into `failed` where it cannot go on. `paused` goes on when it is resumed.
 */
export const ImportStatus = z.enum([
  'draft',
  'checking',
  'checked',
  'running',
  'paused',
  'done',
  'failed',
  'reverting',
  'reverted',
])
export type ImportStatus = z.infer<typeof ImportStatus>

/** What became of a row. `reverted` and `kept` are those that a revert has found created or updated. */
export const ImportOutcome = z.enum(['created', 'updated', 'skipped', 'failed', 'reverted', 'kept'])
export type ImportOutcome = z.infer<typeof ImportOutcome>

export const maxImportColumns = 200

/** Which column fills which field: columns counted from 0, each field and each column once. */
export const ImportMapping = z
  .array(z.strictObject({ column: z.int().min(0).max(maxImportColumns), field: z.string().max(60) }))
  .max(maxImportColumns)
  .refine((mapping) => new Set(mapping.map(({ field }) => field)).size === mapping.length, 'A field is named twice.')
  .refine((mapping) => new Set(mapping.map(({ column }) => column)).size === mapping.length, 'A column is used twice.')
export type ImportMapping = z.infer<typeof ImportMapping>

export const ImportKey = z.enum(['name', 'email', 'phone', 'sku'])
export type ImportKey = z.infer<typeof ImportKey>

/**
 * What happens to a row whose record is there already, as told by one field: e-mail addresses without regard to case,
 * names letter for letter. The name of an opportunity tells it among those of the company that its row names. An update
 * leaves alone what the row has no value for.
 */
export const ImportDedupe = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('none') }),
  z.strictObject({ rule: z.literal('skip'), by: ImportKey }),
  z.strictObject({ rule: z.literal('update'), by: ImportKey }),
])
export type ImportDedupe = z.infer<typeof ImportDedupe>

/** What is said about a file of rows. */
export const ImportUpload = z.strictObject({
  entity: ImportEntity,
  fileName: FileName,
  /** The bytes, where they do not come as the body of the request; for small files. */
  contentBase64: z.base64().max(700_000).optional(),
})
export type ImportUpload = z.infer<typeof ImportUpload>

export const ImportBatch = z.object({
  id: ImportBatchId,
  entity: ImportEntity,
  fileName: z.string(),
  /** The first line of the file. */
  header: z.array(z.string()),
  /** How the file was read. */
  encoding: z.string(),
  delimiter: z.string(),
  mapping: ImportMapping,
  dedupe: ImportDedupe,
  status: ImportStatus,
  /** Why it failed: a code of the errors. */
  reason: z.string().nullable(),
  total: z.int(),
  /** Rows that the last check has looked at. */
  checked: z.int(),
  /** Rows that have errors now. */
  invalid: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  failed: z.int(),
  /** Of those created or updated, which a revert has taken back, and which it has left. */
  reverted: z.int(),
  kept: z.int(),
  createdAt: Instant,
  createdBy: UserId.nullable(),
  createdByName: z.string().nullable(),
})
export type ImportBatch = z.infer<typeof ImportBatch>

export const ImportCountQuery = z.object({
  filters: z
    .strictObject({
      entity: z.array(ImportEntity).optional(),
      status: z.array(ImportStatus).optional(),
      createdBy: UserId.optional(),
    })
    .default({}),
})
export type ImportCountQuery = z.infer<typeof ImportCountQuery>

/** Newest first. */
export const ImportListQuery = ImportCountQuery.extend({ cursor: Cursor.nullish(), limit: PageSize.default(50) })
export type ImportListQuery = z.infer<typeof ImportListQuery>

/** What is wrong with a row: with one of its cells, where `column` says which. */
export const CellError = z.object({ column: z.int().nullable(), field: z.string().nullable(), message: z.string() })
export type CellError = z.infer<typeof CellError>

export const ImportRow = z.object({
  /** Counted from 1 behind the header: the row of a spreadsheet less one. */
  row: z.int(),
  cells: z.array(z.string()),
  /** Null for what was not imported yet. */
  outcome: ImportOutcome.nullable(),
  errors: z.array(CellError),
  recordId: z.uuid().nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>

/** In the order of the file. `errors` shows the rows that have some. */
export const ImportRowsQuery = z.object({
  id: ImportBatchId,
  show: z.enum(['all', 'errors', ...ImportOutcome.options]).default('all'),
  cursor: Cursor.nullish(),
  limit: PageSize.default(50),
})
export type ImportRowsQuery = z.infer<typeof ImportRowsQuery>

export const ImportPlan = z.strictObject({
  id: ImportBatchId,
  mapping: ImportMapping.min(1, 'Say which column fills which field.'),
  dedupe: ImportDedupe.default({ rule: 'none' }),
})
export type ImportPlan = z.infer<typeof ImportPlan>

/** The cells of a row as they should have been, all of them. */
export const ImportFix = z.strictObject({
  id: ImportBatchId,
  row: z.int().min(1),
  cells: z.array(text(100_000)).max(maxImportColumns),
})
export type ImportFix = z.infer<typeof ImportFix>
