import { composeMail, type SentDocument } from '@tenantry/crm/compose-mail'
import type { SilenceReason } from '@tenantry/contracts/contacts'
import type { Mail } from '@tenantry/contracts/mail'
import type { LinkKind } from '@tenantry/contracts/public-links'
import { TenantryError } from '@tenantry/errors'
import { v7 } from 'uuid'
import type { AppDb, TenantDb, TenantGrant } from './planes.ts'
import { hashesOf } from './public/link-token.ts'
import { addLink } from './public/opened-link.ts'

/** Works out the token of the link in a mail, under the newest key. */
export type MailTokens = (mailId: string) => { keyId: string; token: string }

export interface MailRequest {
  to: string
  subject?: string | null | undefined
  message: string
  idempotencyKey: string
  /** Of an offer: the customer has asked for it. */
  askedFor?: boolean | undefined
}

/** Writes mails to customers into the outbox of the transaction that is open. */
export interface MailDesk {
  /** The mail that was written under this key before, if any. */
  findByKey(db: TenantDb, idempotencyKey: string): Promise<Mail | undefined>
  /**
   * Queues a mail with a link to a document; `putLink` tells the tenant's database what the link opens, `until` as for `OpenLink`. The application
   * database hears of the mail first: when this transaction fails, it is looked for in vain and forgotten. Throws RULE_VIOLATED
   * for an address to which nothing is to be sent, and of an offer that nobody asked for to who is not to be contacted.
   */
  queue(
    db: TenantDb,
    document: SentDocument,
    request: MailRequest & { until: string | null; putLink: (hash: Uint8Array) => Promise<void> },
  ): Promise<Mail>
}

export function openMailDesk(
  appDb: Pick<AppDb, 'publicLinks' | 'mailDue'>,
  grant: TenantGrant,
  tokens: MailTokens,
): MailDesk {
  return {
    findByKey: (db, key) => db.outbox.findByKey(key),
    async queue(db, document, { to, subject = null, message, idempotencyKey, askedFor = false, until, putLink }) {
      await assertWelcome(db, to)
      if (document.kind === 'quote' && !askedFor) await assertMayBeOffered(db, document, to)
      const id = v7()
      const { keyId, token } = tokens(id)
      await addLink(appDb, grant, { kind: document.kind, token, until })
      await putLink(hashesOf(token).tenantHash)
      const letter = await composeMail(db, document, { subject, message })
      await appDb.mailDue.add(grant, id)
      const about = { documentKind: document.kind satisfies LinkKind, documentId: document.id, linkKeyId: keyId }
      return await db.outbox.queue({ id, recipient: to, idempotencyKey, ...letter, ...about })
    },
  }
}

/** Asked once more when the mail leaves: until then its reader may have asked for no more. */
async function assertWelcome(db: TenantDb, to: string): Promise<void> {
  const reason = await db.contacts.whySilent({ kind: 'email', value: to })
  if (reason === null) return
  throw new TenantryError('RULE_VIOLATED', { message: refusals[reason], data: { field: 'to', reason } })
}

/**
 * A contract follows what the customer has accepted, and an invoice is owed to them: these go to who is not to be contacted
 * too. Contacts count that the sender sees.
 */
async function assertMayBeOffered(db: TenantDb, { contactId }: SentDocument, to: string): Promise<void> {
  if (!(await db.contacts.wantsNoContact({ contactId, email: to }))) return
  throw new TenantryError('RULE_VIOLATED', {
    message: 'This contact is not to be contacted. Send the quote only if they have asked for it.',
    data: { field: 'to', reason: 'do_not_contact' },
  })
}

const refusals: Record<SilenceReason, string> = {
  opted_out: 'Whoever reads this address has asked for no more mail.',
  bounced: 'Mail to this address came back. Put the address right, or take the mark off the contact.',
}
