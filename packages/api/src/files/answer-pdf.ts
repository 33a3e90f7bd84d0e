import type { FileSent } from '@tenantry/contracts/attachments'
import { documentFileName, type DocumentView, type Reader } from '@tenantry/documents/view'
import type { FileExchange } from './file-exchange.ts'

/**
 * Leaves a document to be sent as PDF. It is drawn after the resolver has given the database back; then DOCUMENTS_BUSY is
 * thrown while too many wait to be drawn.
 */
export function answerPdf(exchange: FileExchange | undefined, view: DocumentView, reader: Reader = 'staff'): FileSent {
  const said = { fileName: documentFileName(view), mediaType: 'application/pdf', byteSize: null }
  exchange?.answer({ ...said, body: () => draw(view, reader) })
  return said
}

/** What draws takes a second to load and 40 MB to keep, which a process that draws nothing does without. */
async function draw(view: DocumentView, reader: Reader): Promise<Buffer> {
  const { renderDocument } = await import('@tenantry/documents')
  return await renderDocument(view, reader)
}
