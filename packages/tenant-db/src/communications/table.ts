import { instant } from '@tenantry/connections/columns'
import { CommunicationChannel, CommunicationDirection, CommunicationStatus } from '@tenantry/contracts/communications'
import { sql } from 'drizzle-orm'
import { index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byAuthor } from '../row-access/belonging.ts'
import { rowAccessOfMessages } from '../row-access/policies.ts'
import { word } from '../word.ts'

export const communications = crm.table(
  'communications',
  {
    ...recordKey(),
    channel: word('channel', CommunicationChannel.options).notNull(),
    direction: word('direction', CommunicationDirection.options).notNull(),
    status: word('status', CommunicationStatus.options).notNull().default('logged'),
    subject: text('subject'),
    bodyText: text('body_text'),
    bodyHtmlKey: text('body_html_key'),
    threadKey: text('thread_key'),
    provider: text('provider'),
    providerMessageId: text('provider_message_id'),
    occurredAt: instant('occurred_at').notNull(),
    durationSeconds: integer('duration_seconds'),
    searchText: searchText(sql`coalesce(subject, '') || chr(10) || coalesce(body_text, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('communications', t),
    ...rowAccessOfMessages(byAuthor(t.createdBy, t.id)),
    oneOf(t.channel, CommunicationChannel.options),
    oneOf(t.direction, CommunicationDirection.options),
    oneOf(t.status, CommunicationStatus.options),
    uniqueIndex('communications_provider')
      .on(t.tenantId, t.provider, t.providerMessageId)
      .where(sql`provider_message_id is not null`),
    index('communications_by_name').on(t.tenantId, communicationNameKey, t.id).where(live),
    index('communications_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    ...listIndexes('communications', t, byAuthor(t.createdBy, t.id)),
    index('communications_by_time').on(t.tenantId, t.occurredAt, t.id).where(live),
  ],
)

/** What the list sorts by for `name`. The index is on exactly this; see `accountCityKey`. */
export const communicationNameKey = sql<string>`(case when subject is null then '' else subject end)`
