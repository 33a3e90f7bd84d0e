import { renderToBuffer } from '@react-pdf/renderer'
import { contractSheet } from './contract.ts'
import { readyFonts } from './fonts.ts'
import { invoiceSheet } from './invoice.ts'
import { quoteSheet } from './quote.ts'
import type { DocumentView } from './view.ts'

/** One at a time: laying out takes the whole of a processor, and other requests want some of it. */
let last: Promise<unknown> = Promise.resolve()

/** A PDF (A4). A page takes about a fifth of a second of the processor. */
export function renderDocument(view: DocumentView): Promise<Buffer> {
  const made = last.then(() => {
    readyFonts()
    return renderToBuffer(sheetOf(view))
  })
  last = made.catch(() => undefined)
  return made
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
