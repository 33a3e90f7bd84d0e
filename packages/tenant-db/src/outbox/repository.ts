import type { Executor } from '@tenantry/connections/database'
import type { Communication } from '@tenantry/contracts/communications'
import type { CommunicationId } from '@tenantry/contracts/ids'
import type { Mail, MailStatus } from '@tenantry/contracts/mail'
import type { LinkKind } from '@tenantry/contracts/public-links'
import type { RecordLink } from '@tenantry/contracts/record-links'
import { communicationRecord } from '../communications/record.ts'
import { linksOf } from '../record-links/links.ts'
import type { Acting } from '../records/acting.ts'
import { createRecord, transactionTime, writeChange } from '../records/change-record.ts'
import { lockAndRead } from '../records/lock.ts'
import {
  claimMail,
  insertMail,
  mailById,
  mailByKey,
  mailsOf,
  messagesOfMails,
  messagesTo,
  settleMail,
  type WaitingMail,
} from './statements.ts'

export interface NewMail {
  /** Made by the caller, who has told it to the application database already. */
  id: string
  recipient: string
  subject: string
  bodyText: string
  documentKind: LinkKind | null
  documentId: string | null
  linkKeyId: string | null
  idempotencyKey: string
  /** What the message is about. */
  links: readonly RecordLink[]
}

export class OutboxReader {
  /** How far the mails of a message have come. */
  readonly ofCommunication: (communicationId: CommunicationId) => Promise<Mail[]>
  /** The message of the first of these mails that was ours; undefined when none was. */
  readonly answeredBy: (ids: readonly string[]) => Promise<CommunicationId | undefined>

  constructor(executor: Executor) {
    this.ofCommunication = (communicationId) => executor.run(mailsOf, { communicationId })
    this.answeredBy = async (ids) => {
      if (ids.length === 0) return undefined
      const [answered] = await executor.run(messagesOfMails, { ids: JSON.stringify(ids) })
      return answered?.communicationId
    }
  }
}

export class OutboxWriter extends OutboxReader {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting.executor)
    this.#acting = acting
  }

  /** The mail that was written under a key before, if any: the same request, sent twice. */
  async findByKey(idempotencyKey: string): Promise<Mail | undefined> {
    const [mail] = await this.#acting.executor.run(mailByKey, { idempotencyKey })
    return mail
  }

  /** Writes a mail and the message that the timeline shows. It leaves once this transaction has committed. */
  async queue({ links, ...mail }: NewMail): Promise<Mail> {
    const { executor } = this.#acting
    const communication = await createRecord(this.#acting, communicationRecord, {
      channel: 'email',
      direction: 'outbound',
      status: 'queued',
      subject: mail.subject,
      bodyText: mail.bodyText,
      occurredAt: await transactionTime(executor),
      links: linksOf(links),
    })
    await executor.run(insertMail, { ...mail, communicationId: communication.id })
    const [written] = await this.ofCommunication(communication.id)
    if (written === undefined) throw new TypeError('a mail that was just written is not there')
    return written
  }

  /** Takes a mail in hand and counts the attempt; undefined when there is none (yet), or it has left or was given up. */
  async claim(id: string): Promise<WaitingMail | undefined> {
    const [mail] = await this.#acting.executor.run(claimMail, { id })
    return mail
  }

  /** True for a mail that has left or was given up; one that is not there, or not yet, is not over. */
  async isOver(id: string): Promise<boolean> {
    const [mail] = await this.#acting.executor.run(mailById, { id })
    return mail?.status === 'sent' || mail?.status === 'failed'
  }

  /** Notes that of some mails those to an address came back; false when none of them went there. */
  async bounced(ids: readonly string[], address: string): Promise<boolean> {
    if (ids.length === 0) return false
    const mails = await this.#acting.executor.run(messagesTo, { ids: JSON.stringify(ids), address })
    for (const { communicationId } of mails) await this.#tell(communicationId, 'bounced')
    return mails.length > 0
  }

  /** Writes down what became of an attempt, on the mail and on the message. A mail that has left stays so. */
  async settle(id: string, outcome: { status: Exclude<MailStatus, 'sending'>; error: string | null }): Promise<void> {
    const [settled] = await this.#acting.executor.run(settleMail, { id, ...outcome })
    if (settled === undefined) return
    await this.#tell(settled.communicationId, outcome.status)
  }

  async #tell(id: CommunicationId, status: Communication['status']): Promise<void> {
    const before = await lockAndRead(this.#acting.executor, communicationRecord, id)
    if (before.deletedAt !== null) return
    await writeChange(this.#acting, communicationRecord, before, { status }, { action: 'changed' })
  }
}
