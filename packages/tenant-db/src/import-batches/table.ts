import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { bigint, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { word } from '../word.ts'

const statuses = ['draft', 'validating', 'ready', 'running', 'paused', 'done', 'failed', 'reverted'] as const

export const importBatches = crm.table(
  'import_batches',
  {
    ...recordKey(),
    entity: text('entity').notNull(),
    fileName: text('file_name'),
    mapping: jsonb('mapping').$type<Record<string, unknown>>().notNull(),
    dedupe: jsonb('dedupe').$type<Record<string, unknown>>().notNull(),
    status: word('status', statuses).notNull(),
    total: integer('total'),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    cursor: bigint('cursor', { mode: 'number' }).notNull().default(0),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    createdBy: uuid('created_by'),
  },
  (t) => [...tenantRules('import_batches', [t.tenantId, t.id]), oneOf(t.status, statuses)],
)
