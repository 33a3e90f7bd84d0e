import { boolean, text } from 'drizzle-orm/pg-core'
import { crm } from '../crm.ts'
import { recordEnvelope, recordKey, recordRules } from '../envelope.ts'

export const notes = crm.table(
  'notes',
  {
    ...recordKey(),
    bodyMarkdown: text('body_md').notNull(),
    isPinned: boolean('is_pinned').notNull().default(false),
    ...recordEnvelope(),
  },
  (t) => recordRules('notes', t),
)
