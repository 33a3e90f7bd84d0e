import type { Quote, QuoteInput } from '@tenantry/contracts/quotes'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import { assertStatus } from '../documents/assert-draft.ts'
import { takeNumber } from '../number-series/take-number.ts'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, transactionTime, writeChange, type RecordVersion } from '../records/change-record.ts'
import { withCustomApart } from '../records/custom.ts'
import { lockAndRead } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { chooseLines } from './choose-lines.ts'
import { rememberAddress, rememberContent } from './content.ts'
import { dayOf, lockRivals, newestRevision, readQuote } from './family.ts'
import { asInput } from './lines.ts'
import { quoteRecord } from './record.ts'

/** A draft with the next number. */
export async function createQuote(acting: Acting, input: QuoteInput): Promise<Quote> {
  const number = await takeNumber(acting.executor, 'quote')
  return createRecord(acting, quoteRecord, { ...input, number, revision: 1, status: 'draft' })
}

/**
 * From here on the quote does not change any more; earlier revisions that the customer has are superseded. A quote that
 * was sent already stays as it is. Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for one that cannot be sent.
 */
export async function sendQuote(acting: Acting, at: RecordVersion): Promise<Quote> {
  const { executor } = acting
  const rivals = await lockRivals(executor, at.id)
  const before = await lockRecord(executor, quoteRecord, at)
  if (isOpen(before)) return before
  assertStatus(before, ['draft'], 'This quote was answered or superseded already.')
  const [now, today] = await inOneTrip([transactionTime(executor), dayOf(executor)])
  if (before.lines.length === 0) refuse('Add a line before the quote is sent.', 'lines')
  if (before.totalMinor < 0) refuse('The total of a quote is not less than nothing.', 'lines')
  if (before.validUntil !== null && before.validUntil < today) refuse('The quote would be over already.', 'validUntil')
  const sent = await writeChange(
    acting,
    quoteRecord,
    before,
    { status: 'sent', issuedOn: today, sentAt: now },
    { action: 'sent' },
  )
  await rememberContent(executor, sent)
  for (const { id } of rivals.filter(({ isSameQuote }) => isSameQuote)) {
    const earlier = await readQuote(executor, id)
    if (id !== at.id && isOpen(earlier)) await supersede(acting, earlier)
  }
  return sent
}

/**
 * A new draft under the same number. Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED for a draft, which can be changed
 * itself, and for a quote one of whose revisions was accepted.
 */
export async function reviseQuote(acting: Acting, at: RecordVersion): Promise<Quote> {
  const { executor } = acting
  await lockRivals(executor, at.id)
  const quote = await lockRecord(executor, quoteRecord, at)
  assertStatus(
    quote,
    ['sent', 'viewed', 'declined', 'superseded', 'withdrawn'],
    'Only a quote that was sent is revised.',
  )
  const rootQuoteId = quote.rootQuoteId ?? quote.id
  const { revision, isAccepted } = await newestRevision(executor, rootQuoteId)
  if (isAccepted) refuse('This quote was accepted already.')
  const { accountId, contactId, opportunityId, title, validUntil, currency, terms, depositPpm, balanceDueDays } = quote
  return createRecord(acting, quoteRecord, {
    accountId,
    contactId,
    opportunityId,
    title,
    validUntil,
    currency,
    terms,
    depositPpm,
    balanceDueDays,
    instalments: quote.instalments,
    ...withCustomApart({ custom: quote.custom }),
    lines: asInput(quote.lines),
    number: quote.number,
    rootQuoteId,
    revision: revision + 1,
    status: 'draft',
  })
}

/** The customer has seen it. Only the first time is remembered, and only of a quote that is still open. */
export async function viewQuote(acting: Acting, id: string): Promise<Quote> {
  const before = await lockAndRead(acting.executor, quoteRecord, id)
  if (before.status !== 'sent') return before
  const viewedAt = await transactionTime(acting.executor)
  return writeChange(acting, quoteRecord, before, { status: 'viewed', viewedAt }, { action: 'viewed' })
}

export async function declineQuote(
  acting: Acting,
  { reason, ...at }: { id: string; version?: number | undefined; reason: string | null },
): Promise<Quote> {
  const before = await lockAt(acting, at)
  assertStatus(before, ['sent', 'viewed'], 'This quote cannot be declined any more.')
  const declinedAt = await transactionTime(acting.executor)
  const changes = { status: 'declined', declinedAt, declineReason: reason }
  return writeChange(acting, quoteRecord, before, changes, { action: 'declined' })
}

/**
 * Freezes the quote with the optional lines that were chosen, and supersedes whatever else was offered for the same
 * opportunity. All of these quotes are locked in one order first, so that of two acceptances at once the second finds its
 * quote superseded. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED.
 */
export async function acceptQuote(
  acting: Acting,
  { name, chosen, ip, ...at }: { id: string; version?: number | undefined; name: string } & HowAccepted,
): Promise<Quote> {
  const { executor } = acting
  const rivals = await lockRivals(executor, at.id)
  const before = await lockAt(acting, at)
  assertStatus(before, ['sent', 'viewed'], 'This quote cannot be accepted any more.')
  if (before.isExpired) refuse('This quote is no longer valid.')
  if (rivals.some(({ isAccepted }) => isAccepted)) refuse('Another quote was accepted already.')
  const lines = chosen && chooseLines(before.lines, chosen)
  const acceptedAt = await transactionTime(executor)
  const accepted = await writeChange(
    acting,
    quoteRecord,
    before,
    { status: 'accepted', acceptedAt, acceptedName: name, ...(lines && { lines }) },
    { action: 'accepted' },
  ).catch(unseenRival)
  if (lines) await rememberContent(executor, accepted)
  if (ip != null) await rememberAddress(executor, { id: at.id, ip })
  for (const { id } of rivals) {
    const rival = await readQuote(executor, id)
    if (rival.deletedAt === null && (isOpen(rival) || rival.status === 'draft')) await supersede(acting, rival)
  }
  return accepted
}

/** Whoever accepts may not see the quotes of others, of which the opportunity has one accepted. */
function unseenRival(error: unknown): never {
  const isRival = isTenantryError(error, 'CONFLICT') && error.detail?.['constraint'] === 'quotes_one_accepted'
  if (isRival) refuse('Another quote was accepted already.')
  throw error
}

interface HowAccepted {
  /** Ids of optional lines; undefined leaves the quote as it was sent. */
  chosen?: readonly string[] | undefined
  /** Of whoever accepts by a link. */
  ip?: string | null | undefined
}

/** Which event came of an accepted quote. */
export async function linkQuoteToEvent(acting: Acting, id: string, eventId: string): Promise<Quote> {
  const before = await lockAndRead(acting.executor, quoteRecord, id)
  return writeChange(acting, quoteRecord, before, { eventId }, { action: 'linked' })
}

/** Invoices have come of an accepted quote. */
export async function convertQuote(acting: Acting, id: string): Promise<Quote> {
  const before = await lockAndRead(acting.executor, quoteRecord, id)
  assertStatus(before, ['accepted'], 'Only an accepted quote becomes invoices.')
  return writeChange(acting, quoteRecord, before, { status: 'converted' }, { action: 'converted' })
}

/**
 * Takes back a quote that was accepted and not invoiced. What else was offered stays superseded: the way on is a revision.
 * Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED.
 */
export async function withdrawQuote(
  acting: Acting,
  { reason, ...at }: RecordVersion & { reason: string },
): Promise<Quote> {
  await lockRivals(acting.executor, at.id)
  const before = await lockRecord(acting.executor, quoteRecord, at)
  assertStatus(before, ['accepted'], 'Only a quote that was accepted and whose contract is not signed is withdrawn.')
  const withdrawnAt = await transactionTime(acting.executor)
  const changes = { status: 'withdrawn', withdrawnAt, withdrawalReason: reason }
  return writeChange(acting, quoteRecord, before, changes, { action: 'withdrawn' })
}

/** Staff name the version they have read; somebody with a link has read the document itself, which does not change. */
function lockAt(acting: Acting, { id, version }: { id: string; version?: number | undefined }): Promise<Quote> {
  return version === undefined
    ? lockAndRead(acting.executor, quoteRecord, id)
    : lockRecord(acting.executor, quoteRecord, { id, version })
}

function supersede(acting: Acting, quote: Quote): Promise<Quote> {
  return writeChange(acting, quoteRecord, quote, { status: 'superseded' }, { action: 'superseded' })
}

function isOpen({ status }: Quote): boolean {
  return status === 'sent' || status === 'viewed'
}

function refuse(message: string, field?: string): never {
  throw new TenantryError('RULE_VIOLATED', { message, ...(field !== undefined && { data: { field } }) })
}
