import type { Executor } from '@tenantry/connections/database'
import type { QuoteId, QuoteLineId } from '@tenantry/contracts/ids'
import type { Quote, QuoteInput, QuoteListed, QuoteListQuery, QuotePatch } from '@tenantry/contracts/quotes'
import { confirmEventOf, daysOfEvent, firstDayOf, type ConfirmedEvent, type EventDay } from '../events/confirm-event.ts'
import { unconfirmEventOf } from '../events/unconfirm-event.ts'
import { putLink } from '../documents/link.ts'
import type { Acting } from '../records/acting.ts'
import { lockRecord } from '../records/change-record.ts'
import { RecordsReader, RecordsWriter, type RecordParts } from '../records/record-repository.ts'
import { putQuoteLink, quoteByLink } from './links.ts'
import { quoteListing } from './listing.ts'
import { quoteRecord } from './record.ts'
import {
  acceptQuote,
  convertQuote,
  createQuote,
  declineQuote,
  linkQuoteToEvent,
  reviseQuote,
  sendQuote,
  viewQuote,
  withdrawQuote,
} from './write-quote.ts'

interface QuoteTypes {
  id: QuoteId
  row: Quote
  listed: QuoteListed
  query: QuoteListQuery
  input: QuoteInput
  patch: QuotePatch
}

const parts: RecordParts<QuoteTypes> = { record: quoteRecord, listing: quoteListing }

export class QuotesReader extends RecordsReader<QuoteTypes> {
  /** The quote that a public link leads to, by the hash of its token. Throws LINK_NOT_VALID. */
  readonly byLink: (hash: Uint8Array) => Promise<Quote>

  constructor(executor: Executor) {
    super(executor, parts)
    this.byLink = (hash) => quoteByLink(executor, hash)
  }
}

/** A draft changes like any record; from `send` on a quote only takes the steps of its life. */
export class QuotesWriter extends RecordsWriter<QuoteTypes> {
  readonly #acting: Acting

  constructor(acting: Acting) {
    super(acting, parts)
    this.#acting = acting
  }

  byLink(hash: Uint8Array): Promise<Quote> {
    return quoteByLink(this.#acting.executor, hash)
  }

  /** Makes a public link lead to the quote, by the hash of its token, and the one before it nowhere. Throws NOT_FOUND. */
  putLink(id: QuoteId, hash: Uint8Array): Promise<void> {
    return putLink(this.#acting.executor, putQuoteLink, { id, hash })
  }

  /** A draft with the next number. */
  override create(input: QuoteInput): Promise<Quote> {
    return createQuote(this.#acting, input)
  }

  /** See `sendQuote`. */
  send(at: QuoteVersion): Promise<Quote> {
    return sendQuote(this.#acting, at)
  }

  /** A new draft under the same number. See `reviseQuote`. */
  revise(at: QuoteVersion): Promise<Quote> {
    return reviseQuote(this.#acting, at)
  }

  /** Remembers that the customer has seen it. */
  view(id: QuoteId): Promise<Quote> {
    return viewQuote(this.#acting, id)
  }

  decline(answer: Answer & { reason: string | null }): Promise<Quote> {
    return declineQuote(this.#acting, answer)
  }

  /** The quote's own part of an acceptance; the business operation does the rest. See `acceptQuote`. */
  accept(
    answer: Answer & { name: string; chosen?: readonly QuoteLineId[] | undefined; ip?: string | null | undefined },
  ): Promise<Quote> {
    return acceptQuote(this.#acting, answer)
  }

  /** The event of the quote's opportunity, confirmed with all its dates and bookings. See `confirmEventOf`. */
  async confirmEvent(quote: Quote): Promise<ConfirmedEvent | undefined> {
    if (quote.opportunityId === null) return undefined
    const { opportunityId, accountId, contactId } = quote
    const event = await confirmEventOf(this.#acting, { opportunityId, accountId, contactId })
    await linkQuoteToEvent(this.#acting, quote.id, event.id)
    return event
  }

  /** The event that the quote has confirmed, as one that nobody has agreed to yet. See `unconfirmEventOf`. */
  async unconfirmEvent({ eventId }: Quote): Promise<void> {
    if (eventId !== null) await unconfirmEventOf(this.#acting, eventId)
  }

  /** The first day of an event in its own zone; undefined for one without dates, and for no event. */
  firstDayOf(eventId: string | null): Promise<string | undefined> {
    return eventId === null ? Promise.resolve(undefined) : firstDayOf(this.#acting.executor, eventId)
  }

  /** The days of an event that take place, in the order of time; none for no event. */
  daysOf(eventId: string | null): Promise<EventDay[]> {
    return eventId === null ? Promise.resolve([]) : daysOfEvent(this.#acting.executor, eventId)
  }

  /** The quote's own part of a withdrawal; the business operation does the rest. See `withdrawQuote`. */
  withdraw(at: QuoteVersion & { reason: string }): Promise<Quote> {
    return withdrawQuote(this.#acting, at)
  }

  /** As it is, until the transaction ends, at the version that its reader has read. Throws NOT_FOUND, STALE_WRITE. */
  lock(at: QuoteVersion): Promise<Quote> {
    return lockRecord(this.#acting.executor, quoteRecord, at)
  }

  /** Invoices have come of it. Throws RULE_VIOLATED for a quote that was not accepted. */
  convert(id: QuoteId): Promise<Quote> {
    return convertQuote(this.#acting, id)
  }
}

interface QuoteVersion {
  id: QuoteId
  version: number
}

/** Without a version: of somebody who has a link. */
interface Answer {
  id: QuoteId
  version?: number | undefined
}
