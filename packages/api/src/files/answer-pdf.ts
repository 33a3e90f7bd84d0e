import type { FileSent } from '@tenantry/contracts/attachments'
import { documentFileName, type DocumentView } from '@tenantry/documents/view'
import type { FileExchange } from './file-exchange.ts'

/** Leaves a document to be sent as PDF. It is drawn after the resolver has given the database back. */
export function answerPdf(exchange: FileExchange | undefined, view: DocumentView): FileSent {
  const said = { fileName: documentFileName(view), mediaType: 'application/pdf', byteSize: null }
  exchange?.answer({ ...said, body: () => draw(view) })
  return said
}

/** What draws takes a second to load and 40 MB to keep, which a process that draws nothing does without. */
async function draw(view: DocumentView): Promise<Buffer> {
  const { renderDocument } = await import('@tenantry/documents')
  return await renderDocument(view)
}
