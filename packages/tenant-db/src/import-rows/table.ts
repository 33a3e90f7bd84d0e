import { bigint, jsonb, uuid } from 'drizzle-orm/pg-core'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { importBatches } from '../import-batches/table.ts'
import { word } from '../word.ts'

const outcomes = ['created', 'updated', 'skipped', 'failed'] as const

/** One row of an imported file: what came, what became of it, and what was there before, for the revert. */
export const importRows = crm.table(
  'import_rows',
  {
    ...tenantKey(),
    batchId: uuid('batch_id').notNull(),
    rowNumber: bigint('row_no', { mode: 'number' }).notNull(),
    raw: jsonb('raw').$type<Record<string, unknown>>().notNull(),
    outcome: word('outcome', outcomes),
    errors: jsonb('errors').$type<unknown[]>(),
    recordId: uuid('record_id'),
    before: jsonb('before').$type<Record<string, unknown>>(),
  },
  (t) => [
    ...tenantRules('import_rows', [t.tenantId, t.batchId, t.rowNumber]),
    oneOf(t.outcome, outcomes),
    sameTenant(t.batchId, importBatches.id).onDelete('cascade'),
  ],
)
