import { renderToBuffer } from '@react-pdf/renderer'
import { contractSheet } from './contract.ts'
import { DrawingQueue } from './drawing-queue.ts'
import { readyFonts } from './fonts.ts'
import { invoiceSheet } from './invoice.ts'
import { quoteSheet } from './quote.ts'
import type { DocumentView, Reader } from './view.ts'

/** Of one process. */
const queue = new DrawingQueue({ staff: 24, public: 4 })

/** A PDF (A4). A page takes about a fifth of a second of the processor. Throws DOCUMENTS_BUSY while too many wait. */
export function renderDocument(view: DocumentView, reader: Reader = 'staff'): Promise<Buffer> {
  return queue.draw(reader, () => {
    readyFonts()
    return renderToBuffer(sheetOf(view))
  })
}

function sheetOf({ kind, document }: DocumentView) {
  switch (kind) {
    case 'quote':
      return quoteSheet(document)
    case 'contract':
      return contractSheet(document)
    case 'invoice':
      return invoiceSheet(document)
  }
}
