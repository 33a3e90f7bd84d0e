import { ImportOutcome, type CellError } from '@tenantry/contracts/imports'
import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, uuid } from 'drizzle-orm/pg-core'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { tenantKey, tenantRules } from '../envelope.ts'
import { importBatches } from '../import-batches/table.ts'
import { rowAccessOfImportRows } from '../row-access/policies.ts'
import { word } from '../word.ts'

/** One row of an imported file: its cells, what became of it, and the fields of a record that it has changed, for the revert. */
export const importRows = crm.table(
  'import_rows',
  {
    ...tenantKey(),
    batchId: uuid('batch_id').notNull(),
    rowNumber: bigint('row_no', { mode: 'number' }).notNull(),
    raw: jsonb('raw').$type<string[]>().notNull(),
    outcome: word('outcome', ImportOutcome.options),
    errors: jsonb('errors').$type<CellError[]>(),
    recordId: uuid('record_id'),
    before: jsonb('before').$type<Record<string, unknown>>(),
  },
  (t) => [
    ...tenantRules('import_rows', [t.tenantId, t.batchId, t.rowNumber]),
    rowAccessOfImportRows(),
    oneOf(t.outcome, ImportOutcome.options),
    sameTenant(t.batchId, importBatches.id).onDelete('cascade'),
    index('import_rows_with_errors')
      .on(t.tenantId, t.batchId, t.rowNumber)
      .where(sql`errors is not null`),
  ],
)
