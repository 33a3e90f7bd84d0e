import { sql } from 'drizzle-orm'
import { boolean, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { notBlank } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'

export const pipelines = crm.table(
  'pipelines',
  {
    ...recordKey(),
    name: text('name').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    position: integer('position').notNull().default(0),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('pipelines', t),
    notBlank(t.name),
    uniqueIndex('pipelines_default')
      .on(t.tenantId)
      .where(sql`is_default and deleted_at is null`),
  ],
)
