import { linkAddress } from '@tenantry/contracts/link-address'
import type { Keyring } from '@tenantry/credentials/keyring'
import { mailLinkToken } from '@tenantry/credentials/link-token'
import { contractDocument, publicInvoice, publicQuote } from '@tenantry/crm/document-views'
import type { DataSources, TenantDb, TenantGrant, TenantReader } from '@tenantry/data-sources'
import { documentFileName, type DocumentView } from '@tenantry/documents/view'
import { TenantryError } from '@tenantry/errors'
import { asFileKey } from '@tenantry/files/file-key'
import type { TenantFiles } from '@tenantry/files/store'
import { buffer } from 'node:stream/consumers'
import type { OutgoingMail } from './transport.ts'

type WaitingMail = NonNullable<Awaited<ReturnType<TenantDb['outbox']['claim']>>>

export interface ComposeNeeds {
  dataSources: Pick<DataSources, 'withTenant'>
  keyring: Keyring
  origin: string
  grant: TenantGrant
  /** The company's, where a contract that everybody has signed is kept. */
  files: Pick<TenantFiles, 'get'> | undefined
}

/** The mail as it leaves: with its link, whose token is worked out and kept nowhere, and its document as it is now. */
export async function composeOutgoing(
  { dataSources, keyring, origin, grant, files }: ComposeNeeds,
  mail: WaitingMail,
): Promise<OutgoingMail> {
  const { view, kept, company } = await dataSources.withTenant(grant, async (db) => ({
    view: await viewOf(db, mail),
    kept: await keptFileOf(db, mail),
    company: (await db.company.find())?.name ?? '',
  }))
  return {
    messageId: `${mail.id}@${new URL(origin).hostname}`,
    fromName: company,
    to: mail.recipient,
    subject: mail.subject,
    text: textOf(mail, keyring, origin),
    attachments: view === undefined ? [] : [kept && files ? await stored(files, kept) : await attached(view)],
  }
}

async function viewOf(db: TenantReader, { documentKind, documentId }: WaitingMail): Promise<DocumentView | undefined> {
  if (documentKind === null || documentId === null) return undefined
  switch (documentKind) {
    // The id was written with its kind, by the router of that kind.
    case 'quote':
      return { kind: 'quote', document: await publicQuote(db, await db.quotes.byId(documentId as never)) }
    case 'contract':
      return { kind: 'contract', document: await contractDocument(db, await db.contracts.byId(documentId as never)) }
    case 'invoice':
      return { kind: 'invoice', document: await publicInvoice(db, await db.invoices.byId(documentId as never)) }
  }
}

type Place = Awaited<ReturnType<TenantReader['attachments']['findPlace']>>

/** Of a contract that is complete; its file is sent as it is kept. */
async function keptFileOf(db: TenantReader, { documentKind, documentId }: WaitingMail): Promise<Place> {
  if (documentKind !== 'contract' || documentId === null) return undefined
  const { signedPdfAttachmentId } = await db.contracts.byId(documentId as never)
  return signedPdfAttachmentId === null ? undefined : db.attachments.findPlace(signedPdfAttachmentId)
}

async function stored(files: Pick<TenantFiles, 'get'>, { fileName, mediaType, storageKey }: NonNullable<Place>) {
  const key = asFileKey(storageKey)
  const file = key && (await files.get(key))
  if (file === undefined) throw new TenantryError('FILE_NOT_STORED')
  return { filename: fileName, content: await buffer(file.body), contentType: mediaType }
}

async function attached(view: DocumentView) {
  // What draws takes a second to load, which a command that sends nothing does without.
  const { renderDocument } = await import('@tenantry/documents')
  return { filename: documentFileName(view), content: await renderDocument(view), contentType: 'application/pdf' }
}

function textOf({ id, bodyText, documentKind, linkKeyId }: WaitingMail, keyring: Keyring, origin: string): string {
  if (documentKind === null || linkKeyId === null) return bodyText
  const token = mailLinkToken(keyring, { keyId: linkKeyId, mailId: id })
  return `${bodyText}\n\n${linkAddress(origin, documentKind, token)}\n`
}
