import { instant } from '@tenantry/connections/columns'
import { ImportEntity, ImportStatus, type ImportDedupe, type ImportMapping } from '@tenantry/contracts/imports'
import { sql } from 'drizzle-orm'
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { rowAccessOfImports } from '../row-access/policies.ts'
import { word } from '../word.ts'

/** Beside what people see: a file that is still coming in, and a batch whose rows are being thrown away. */
const statuses = ['staging', ...ImportStatus.options, 'removing'] as const
export type StoredStatus = (typeof statuses)[number]

/**
 * A file of rows on its way into records. A worker goes over the rows in their order, some hundred in one transaction, which
 * also writes how far it has come: `cursor` is the last row of that pass.
 */
export const importBatches = crm.table(
  'import_batches',
  {
    ...recordKey(),
    entity: word('entity', ImportEntity.options).notNull(),
    fileName: text('file_name').notNull(),
    header: jsonb('header').$type<string[]>().notNull().default([]),
    encoding: text('encoding').notNull().default(''),
    delimiter: text('delimiter').notNull().default(''),
    mapping: jsonb('mapping').$type<ImportMapping>().notNull().default([]),
    dedupe: jsonb('dedupe').$type<ImportDedupe>().notNull().default({ rule: 'none' }),
    status: word('status', statuses).notNull(),
    reason: text('reason'),
    total: integer('total').notNull().default(0),
    checked: integer('checked').notNull().default(0),
    invalid: integer('invalid').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    reverted: integer('reverted').notNull().default(0),
    kept: integer('kept').notNull().default(0),
    cursor: bigint('cursor', { mode: 'number' }).notNull().default(0),
    /** Counts what changes the rows or their meaning: what was read under an older one is read again. */
    revision: integer('revision').notNull().default(0),
    /** The work that was asked for last, as the application database knows it. */
    workId: uuid('work_id'),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    createdBy: uuid('created_by'),
    updatedAt: instant('updated_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    ...tenantRules('import_batches', [t.tenantId, t.id]),
    rowAccessOfImports(),
    oneOf(t.entity, ImportEntity.options),
    oneOf(t.status, statuses),
  ],
)
