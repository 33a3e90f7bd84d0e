import { instant } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { oneOf } from '../constraints.ts'
import { crm } from '../crm.ts'
import { live, recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { word } from '../word.ts'

const channels = ['email', 'sms', 'call', 'meeting', 'other'] as const
const directions = ['inbound', 'outbound'] as const
const statuses = ['logged', 'queued', 'sent', 'delivered', 'opened', 'bounced', 'failed', 'received'] as const

export const communications = crm.table(
  'communications',
  {
    ...recordKey(),
    channel: word('channel', channels).notNull(),
    direction: word('direction', directions).notNull(),
    status: word('status', statuses).notNull().default('logged'),
    subject: text('subject'),
    bodyText: text('body_text'),
    bodyHtmlKey: text('body_html_key'),
    threadKey: text('thread_key'),
    provider: text('provider'),
    providerMessageId: text('provider_message_id'),
    occurredAt: instant('occurred_at').notNull(),
    durationSeconds: integer('duration_seconds'),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('communications', t),
    oneOf(t.channel, channels),
    oneOf(t.direction, directions),
    oneOf(t.status, statuses),
    uniqueIndex('communications_provider')
      .on(t.tenantId, t.provider, t.providerMessageId)
      .where(sql`provider_message_id is not null`),
    index('communications_by_time').on(t.tenantId, t.occurredAt, t.id).where(live),
  ],
)
