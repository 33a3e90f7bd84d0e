import { sql } from 'drizzle-orm'
import { boolean, index, text } from 'drizzle-orm/pg-core'
import { notBlank } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byAuthor } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'

export const notes = crm.table(
  'notes',
  {
    ...recordKey(),
    title: text('title'),
    bodyMarkdown: text('body_md').notNull(),
    /** Who said it, where that is not the person who wrote it down. */
    saidBy: text('said_by'),
    isPinned: boolean('is_pinned').notNull().default(false),
    searchText: searchText(sql`coalesce(title, '') || chr(10) || body_md`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('notes', t),
    ...rowAccess('note', byAuthor(t.createdBy, t.id)),
    notBlank(t.bodyMarkdown),
    index('notes_by_name').on(t.tenantId, noteNameKey, t.id).where(live),
    index('notes_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('notes', t, byAuthor(t.createdBy, t.id)),
  ],
)

/** What the list sorts by for `name`. The index is on exactly this; see `accountCityKey`. */
export const noteNameKey = sql<string>`(case when title is null then '' else title end)`
