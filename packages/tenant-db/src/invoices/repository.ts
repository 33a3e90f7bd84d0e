import type { Executor } from '@tenantry/connections/database'
import type { InvoiceLineInput } from '@tenantry/contracts/document-lines'
import type { InvoiceId } from '@tenantry/contracts/ids'
import type { Invoice, InvoiceInput, InvoiceListed, InvoiceListQuery, InvoicePatch } from '@tenantry/contracts/invoices'
import { putLink } from '../documents/link.ts'
import type { Acting } from '../records/acting.ts'
import { createRecord } from '../records/change-record.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { creditInvoice, voidInvoice, writeOffInvoice } from './close-invoice.ts'
import { issueInvoice, viewInvoice } from './issue-invoice.ts'
import { invoiceByLink, putOnwardInvoiceLink, putInvoiceLink } from './links.ts'
import { invoiceListing } from './listing.ts'
import { invoiceRecord } from './record.ts'

interface InvoiceTypes {
  id: InvoiceId
  row: Invoice
  listed: InvoiceListed
  query: InvoiceListQuery
  input: InvoiceInput
  patch: InvoicePatch
}

const parts: RecordParts<InvoiceTypes> = { record: invoiceRecord, listing: invoiceListing }

export class InvoicesReader extends RecordsReader<InvoiceTypes> {
  /** The invoice that a public link leads to, by the hash of its token. Throws LINK_NOT_VALID. */
  readonly byLink: (hash: Uint8Array) => Promise<Invoice>

  constructor(executor: Executor) {
    super(executor, parts)
    this.byLink = (hash) => invoiceByLink(executor, hash)
  }
}

/** A draft changes like any record; once issued, an invoice is paid, credited, voided or written off. */
export class InvoicesWriter extends RecordsWriter<InvoiceTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  byLink(hash: Uint8Array): Promise<Invoice> {
    return invoiceByLink(this.#acting.executor, hash)
  }

  /** Makes a public link lead to the invoice, by the hash of its token, and the one before it nowhere. Throws NOT_FOUND. */
  putLink(id: InvoiceId, hash: Uint8Array): Promise<void> {
    return putLink(this.#acting.executor, putInvoiceLink, { id, hash })
  }

  /** The same for whoever comes from the document before it; the link that was sent goes on leading here. Throws NOT_FOUND. */
  putOnwardLink(id: InvoiceId, hash: Uint8Array): Promise<void> {
    return putLink(this.#acting.executor, putOnwardInvoiceLink, { id, hash })
  }

  /** Remembers that the customer has seen it. */
  view(id: InvoiceId): Promise<Invoice> {
    return viewInvoice(this.#acting, id)
  }

  /** A draft without a number. `origin` says what it comes from and what it is, when it is no plain invoice. */
  override create(input: InvoiceInput, origin: InvoiceOrigin = {}): Promise<Invoice> {
    return createRecord(this.#acting, invoiceRecord, { kind: 'invoice', status: 'draft', ...input, ...origin })
  }

  /** See `issueInvoice`. */
  issue(at: InvoiceVersion): Promise<Invoice> {
    return issueInvoice(this.#acting, at)
  }

  /** See `voidInvoice`. */
  void(closing: InvoiceVersion & { reason: string }): Promise<Invoice> {
    return voidInvoice(this.#acting, closing)
  }

  /** See `writeOffInvoice`. */
  writeOff(closing: InvoiceVersion & { reason: string }): Promise<Invoice> {
    return writeOffInvoice(this.#acting, closing)
  }

  /** The credit note. See `creditInvoice`. */
  credit(credit: InvoiceVersion & { reason: string; lines?: InvoiceLineInput[] | undefined }): Promise<Invoice> {
    return creditInvoice(this.#acting, credit)
  }
}

interface InvoiceVersion {
  id: InvoiceId
  version: number
}

/** What nobody types in: it follows from a quote that was accepted. */
interface InvoiceOrigin {
  kind?: 'invoice' | 'deposit'
  quoteId?: string
  eventId?: string | null
}
