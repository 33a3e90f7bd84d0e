import { statement } from '@tenantry/connections/statement'
import type { CommunicationId } from '@tenantry/contracts/ids'
import type { Mail, MailStatus } from '@tenantry/contracts/mail'
import type { LinkKind } from '@tenantry/contracts/public-links'
import { asc, eq, sql } from 'drizzle-orm'
import { asRows } from '../records/plain.ts'
import { outbox } from './table.ts'

/** A mail as whoever sends it needs it. */
export interface WaitingMail {
  id: string
  communicationId: CommunicationId
  recipient: string
  subject: string
  bodyText: string
  documentKind: LinkKind | null
  documentId: string | null
  linkKeyId: string | null
  attempts: number
}

const shown = {
  id: outbox.id,
  communicationId: outbox.communicationId,
  to: outbox.recipient,
  subject: outbox.subject,
  status: outbox.status,
  attempts: outbox.attempts,
  lastError: outbox.lastError,
  sentAt: outbox.sentAt,
}

export const mailsOf = statement<{ communicationId: string }, Mail>((db) =>
  asRows<Mail>(
    db
      .select(shown)
      .from(outbox)
      .where(eq(outbox.communicationId, sql.placeholder('communicationId')))
      .orderBy(asc(outbox.createdAt)),
  ),
)

export const mailByKey = statement<{ idempotencyKey: string }, Mail>((db) =>
  asRows<Mail>(
    db
      .select(shown)
      .from(outbox)
      .where(eq(outbox.idempotencyKey, sql.placeholder('idempotencyKey'))),
  ),
)

export const mailById = statement<{ id: string }, { status: MailStatus }>((db) =>
  db
    .select({ status: outbox.status })
    .from(outbox)
    .where(eq(outbox.id, sql.placeholder('id'))),
)

/** Of some mails, in the order of `ids`, the message that each belongs to. */
export const messagesOfMails = statement<{ ids: string }, { communicationId: CommunicationId }>((db) =>
  db.execute<{ communicationId: CommunicationId }>(sql`
    select o.communication_id as "communicationId"
    from jsonb_array_elements_text(${sql.placeholder('ids')}::jsonb) with ordinality g(id, place)
    join ${outbox} o on o.id = g.id::uuid order by g.place`),
)

/** The messages of those of some mails that went to an address. */
export const messagesTo = statement<{ ids: string; address: string }, { communicationId: CommunicationId }>((db) =>
  db.execute<{ communicationId: CommunicationId }>(sql`
    select o.communication_id as "communicationId" from ${outbox} o
    where o.id in (select g.id::uuid from jsonb_array_elements_text(${sql.placeholder('ids')}::jsonb) g(id))
      and lower(o.recipient) = lower(${sql.placeholder('address')}) order by o.id`),
)

export const insertMail = statement<Record<string, unknown>, never>(
  (db) =>
    db.insert(outbox).values({
      id: sql.placeholder('id'),
      communicationId: sql.placeholder('communicationId'),
      recipient: sql.placeholder('recipient'),
      subject: sql.placeholder('subject'),
      bodyText: sql.placeholder('bodyText'),
      documentKind: sql.placeholder('documentKind'),
      documentId: sql.placeholder('documentId'),
      linkKeyId: sql.placeholder('linkKeyId'),
      idempotencyKey: sql.placeholder('idempotencyKey'),
    } as never) as PromiseLike<never[]>,
)

export const claimMail = statement<{ id: string }, WaitingMail>((db) =>
  asRows<WaitingMail>(
    db
      .update(outbox)
      .set({ status: 'sending', attempts: sql`${outbox.attempts} + 1` })
      .where(sql`${outbox.id} = ${sql.placeholder('id')} and ${outbox.status} in ('queued', 'sending')`)
      .returning({
        id: outbox.id,
        communicationId: outbox.communicationId,
        recipient: outbox.recipient,
        subject: outbox.subject,
        bodyText: outbox.bodyText,
        documentKind: outbox.documentKind,
        documentId: outbox.documentId,
        linkKeyId: outbox.linkKeyId,
        attempts: outbox.attempts,
      }),
  ),
)

const status = sql`${sql.placeholder('status')}::text`

/** Answers nothing for a mail that has left: what comes late changes nothing any more. */
export const settleMail = statement<
  { id: string; status: MailStatus; error: string | null },
  { communicationId: CommunicationId }
>((db) =>
  asRows<{ communicationId: CommunicationId }>(
    db
      .update(outbox)
      .set({
        status,
        lastError: sql`${sql.placeholder('error')}::text`,
        sentAt: sql`case when ${status} = 'sent' then now() end`,
      } as never)
      .where(sql`${outbox.id} = ${sql.placeholder('id')} and ${outbox.status} <> 'sent'`)
      .returning({ communicationId: outbox.communicationId }),
  ),
)
