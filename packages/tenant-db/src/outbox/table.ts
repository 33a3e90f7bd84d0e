import { instant } from '@tenantry/connections/columns'
import { LinkKind } from '@tenantry/contracts/public-links'
import { MailStatus } from '@tenantry/contracts/mail'
import { sql } from 'drizzle-orm'
import { index, integer, text, unique, uuid } from 'drizzle-orm/pg-core'
import { communications } from '../communications/table.ts'
import { oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { recordKey, tenantRules } from '../envelope.ts'
import { rowAccessOfPart } from '../row-access/policies.ts'
import { word } from '../word.ts'

/**
 * Mails that are to leave, written in the transaction of what they are about. No link stands in one: whoever sends it works
 * the token out, so that neither this database nor its backups can open a document of a customer.
 */
export const outbox = crm.table(
  'outbox',
  {
    ...recordKey(),
    communicationId: uuid('communication_id').notNull(),
    /** What is attached, and linked to; null for a mail about nothing of the kind. */
    documentKind: word('document_kind', LinkKind.options),
    documentId: uuid('document_id'),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    bodyText: text('body_text').notNull(),
    /** The key from which the token of the link follows, together with the id of the mail. */
    linkKeyId: text('link_key_id'),
    idempotencyKey: text('idempotency_key').notNull(),
    status: word('status', MailStatus.options).notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    /** A word for what went wrong last; never what a server has said. */
    lastError: text('last_error'),
    createdAt: instant('created_at')
      .notNull()
      .default(sql`now()`),
    sentAt: instant('sent_at'),
  },
  (t) => [
    ...tenantRules('outbox', [t.tenantId, t.id]),
    rowAccessOfPart('communication', 'communication_id'),
    oneOf(t.status, MailStatus.options),
    unique('outbox_idempotency_key').on(t.tenantId, t.idempotencyKey),
    sameTenant(t.communicationId, communications.id).onDelete('cascade'),
    index('outbox_by_communication').on(t.tenantId, t.communicationId),
  ],
)
