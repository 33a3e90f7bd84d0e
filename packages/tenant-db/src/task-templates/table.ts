import type { TaskTemplateItem } from '@tenantry/contracts/task-templates'
import { sql } from 'drizzle-orm'
import { check, jsonb, text } from 'drizzle-orm/pg-core'
import { notBlank } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'

/** The tasks that an event of some kind brings along. Its items are a list that is only ever read and written as a whole. */
export const taskTemplates = crm.table(
  'task_templates',
  {
    ...recordKey(),
    name: text('name').notNull(),
    eventType: text('event_type'),
    items: jsonb('items').$type<TaskTemplateItem[]>().notNull(),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('task_templates', t),
    notBlank(t.name),
    check('task_templates_items_check', sql`jsonb_typeof(items) = 'array'`),
  ],
)
