import type { LinkKind } from '@tenantry/contracts/public-links'
import type { RecordLink } from '@tenantry/contracts/record-links'
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

/** What a mail about a document says. The link itself is written into it by whoever sends it. */
export async function composeMail(
  db: TenantReader,
  { kind, id, accountId, contactId, number }: SentDocument,
  { subject, message }: { subject: string | null; message: string },
): Promise<Letter> {
  const company = (await db.company.find())?.name ?? ''
  const name = `${words[kind]} ${number}`
  const links: RecordLink[] = [
    { entity: kind, id },
    { entity: 'account', id: accountId },
  ]
  if (contactId !== null) links.push({ entity: 'contact', id: contactId })
  return {
    subject: subject ?? (company === '' ? name : `${name} · ${company}`),
    bodyText: message.trim() === '' ? name : message.trim(),
    links,
  }
}

const words: Record<LinkKind, string> = { quote: 'Quote', contract: 'Contract', invoice: 'Invoice' }
