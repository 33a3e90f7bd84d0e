import type { LinkKind } from '@tenantry/contracts/public-links'
import type { RecordLink } from '@tenantry/contracts/record-links'
import { wordsOf } from '@tenantry/documents/words'
import type { TenantReader } from '@tenantry/tenant-db/types'

/** A document that is sent, as its own router has found it. */
export interface SentDocument {
  kind: LinkKind
  id: string
  /** Whose link it is: the document's, or that of one of a contract's signers. */
  accountId: string
  contactId: string | null
  number: string
}

export interface Letter {
  subject: string
  /** Ends where the link goes. */
  bodyText: string
  links: RecordLink[]
}

/** What a mail about a document says, in the company's language. The link itself is written into it by whoever sends it. */
export async function composeMail(
  db: TenantReader,
  { kind, id, accountId, contactId, number }: SentDocument,
  { subject, message }: { subject: string | null; message: string },
): Promise<Letter> {
  const company = await db.company.find()
  const name = `${wordsOf(company?.locale ?? 'en')[kind]} ${number}`
  const links: RecordLink[] = [
    { entity: kind, id },
    { entity: 'account', id: accountId },
  ]
  if (contactId !== null) links.push({ entity: 'contact', id: contactId })
  return {
    subject: subject ?? (company === undefined ? name : `${name} · ${company.name}`),
    bodyText: message.trim() === '' ? name : message.trim(),
    links,
  }
}
