import type { Contract } from '@tenantry/contracts/contracts'
import type { FileSent } from '@tenantry/contracts/attachments'
import { contractDocument } from '@tenantry/crm/document-views'
import type { Reader } from '@tenantry/documents/view'
import type { TenantFiles, TenantReader } from '../planes.ts'
import { answerPdf } from './answer-pdf.ts'
import { answerStored } from './answer-stored.ts'
import type { FileExchange } from './file-exchange.ts'

/**
 * A contract as PDF: once it is complete the file that is kept, and else, or for whoever sees the contract and not its file,
 * one that is drawn and says the same.
 */
export async function answerContract(
  db: TenantReader,
  contract: Contract,
  {
    exchange,
    files,
    reader,
  }: { exchange: FileExchange | undefined; files: () => Pick<TenantFiles, 'get'>; reader: Reader },
): Promise<FileSent> {
  const { signedPdfAttachmentId: id } = contract
  const place = id === null ? undefined : await db.attachments.findPlace(id)
  if (place !== undefined) return answerStored(exchange, files, place)
  return answerPdf(exchange, { kind: 'contract', document: await contractDocument(db, contract) }, reader)
}
