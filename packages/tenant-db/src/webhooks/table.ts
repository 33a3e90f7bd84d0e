import { bigintText, instant } from '@tenantry/connections/columns'
import { WebhookMessageStatus } from '@tenantry/contracts/webhooks'
import { sql } from 'drizzle-orm'
import { index, integer, text, unique, uuid } from 'drizzle-orm/pg-core'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantKey, tenantRules } from '../envelope.ts'
import { word } from '../word.ts'

/**
 * Has a row while somebody wants to be told of changes. The endpoints stand in the application database, which keeps this in
 * step; here it is what the trigger on the history asks, so that nobody who is told nothing pays for it.
 */
export const webhookListening = crm.table(
  'webhook_listening',
  {
    ...tenantKey(),
    since: instant('since')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [...tenantRules('webhook_listening', [t.tenantId])],
)

/** Lines of history that nobody has been told of. A trigger writes them with the line: no repository can forget it. */
export const webhookChanges = crm.table(
  'webhook_changes',
  { ...tenantKey(), changeId: bigintText('change_id').notNull() },
  (t) => [...tenantRules('webhook_changes', [t.tenantId, t.changeId])],
)

/** What one endpoint is told of one change, word for word, so that each attempt sends the same. */
export const webhookMessages = crm.table(
  'webhook_messages',
  {
    ...recordKey(),
    /** Of the application database. */
    endpointId: uuid('endpoint_id').notNull(),
    /** Null for a test. */
    changeId: bigintText('change_id'),
    event: text('event').notNull(),
    body: text('body').notNull(),
    status: word('status', WebhookMessageStatus.options).notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** With the attempt of this number it is given up. */
    lastAttempt: integer('last_attempt').notNull(),
    /** While it waits; of a message in somebody's hands the time at which they count as dead. */
    nextAttemptAt: instant('next_attempt_at')
      .notNull()
      .default(sql`now()`),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    ...tenantRules('webhook_messages', [t.tenantId, t.id]),
    oneOf(t.status, WebhookMessageStatus.options),
    unique('webhook_messages_once').on(t.tenantId, t.endpointId, t.changeId),
    index('webhook_messages_due')
      .on(t.tenantId, t.endpointId, t.nextAttemptAt)
      .where(sql`status = 'waiting'`),
    index('webhook_messages_by_endpoint').on(t.tenantId, t.endpointId, t.id),
    index('webhook_messages_by_age').on(t.tenantId, t.createdAt),
  ],
)

/** The log: what became of each attempt. */
export const webhookAttempts = crm.table(
  'webhook_attempts',
  {
    ...tenantKey(),
    messageId: uuid('message_id').notNull(),
    number: integer('number').notNull(),
    at: instant('at')
      .notNull()
      .default(sql`now()`),
    statusCode: integer('status_code'),
    durationMs: integer('duration_ms').notNull(),
    error: text('error'),
    answer: text('answer'),
  },
  (t) => [
    ...tenantRules('webhook_attempts', [t.tenantId, t.messageId, t.number]),
    sameTenant(t.messageId, webhookMessages.id).onDelete('cascade'),
  ],
)
