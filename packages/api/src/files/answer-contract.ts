import type { Contract } from '@tenantry/contracts/contracts'
import type { FileSent } from '@tenantry/contracts/attachments'
import { contractDocument } from '@tenantry/crm/document-views'
import type { Reader } from '@tenantry/documents/view'
import { TenantryError } from '@tenantry/errors'
import type { TenantFiles, TenantReader } from '../planes.ts'
import { answerPdf } from './answer-pdf.ts'
import { answerStored } from './answer-stored.ts'
import type { FileExchange } from './file-exchange.ts'

/**
 * A contract as PDF: once it is complete the file that is kept, and before one that is drawn. Throws FORBIDDEN for whoever
 * sees the contract and not its file, as in a database that is behind: what would be drawn anew is not what was signed.
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
  if (id === null)
    return answerPdf(exchange, { kind: 'contract', document: await contractDocument(db, contract) }, reader)
  const place = await db.attachments.findPlace(id)
  if (place === undefined)
    throw new TenantryError('FORBIDDEN', { message: 'You may see this contract, but not the file that was signed.' })
  return answerStored(exchange, files, place)
}
