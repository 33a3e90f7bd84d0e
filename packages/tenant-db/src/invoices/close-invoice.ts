import type { InvoiceLineInput } from '@tenantry/contracts/document-lines'
import type { Invoice } from '@tenantry/contracts/invoices'
import { TenantryError } from '@tenantry/errors'
import { assertStatus } from '../documents/assert-draft.ts'
import { totalsOfLines } from '../documents/totals-of-lines.ts'
import { takeNumber } from '../number-series/take-number.ts'
import { pendingOn } from '../payments/open-amounts.ts'
import type { Acting } from '../records/acting.ts'
import { createRecord, lockRecord, transactionTime, writeChange, type RecordVersion } from '../records/change-record.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { customerOf } from './issue-invoice.ts'
import { asInput } from './lines.ts'
import { invoiceRecord } from './record.ts'

type Closing = RecordVersion & { reason: string }

/**
 * For an invoice that was a mistake: nobody owes anything of it. Its number stays taken. Throws NOT_FOUND, STALE_WRITE, and
 * RULE_VIOLATED while money or a credit note stands on it; give the money back, or credit the rest.
 */
export async function voidInvoice(acting: Acting, { reason, ...at }: Closing): Promise<Invoice> {
  const before = await lockRecord(acting.executor, invoiceRecord, at)
  assertStatus(before, ['issued'], 'Only an issued invoice can be voided.')
  const pendingMinor = await pendingOn(acting.executor, before.id)
  if (before.paidMinor !== 0 || pendingMinor !== 0) refuse('Money was paid on this invoice: credit it instead.')
  if (before.creditedMinor !== 0) refuse('A credit note stands on this invoice: credit the rest instead.')
  return writeChange(acting, invoiceRecord, before, { status: 'void', closedReason: reason }, { action: 'voided' })
}

/** For what nobody will pay any more. Throws NOT_FOUND, STALE_WRITE, and RULE_VIOLATED when nothing is left to pay. */
export async function writeOffInvoice(acting: Acting, { reason, ...at }: Closing): Promise<Invoice> {
  const before = await lockRecord(acting.executor, invoiceRecord, at)
  assertStatus(before, ['issued'], 'Only an issued invoice can be written off.')
  const pendingMinor = await pendingOn(acting.executor, before.id)
  if (pendingMinor !== 0) refuse('A payment of this invoice is still under way.')
  if (before.balanceMinor <= 0) refuse('Nothing of this invoice is left to pay.')
  const changes = { status: 'written_off', closedReason: reason }
  return writeChange(acting, invoiceRecord, before, changes, { action: 'written_off' })
}

/**
 * A credit note about an invoice, issued at once. Without lines it takes back the whole invoice. What was paid beyond the
 * rest stays with the invoice until it is given back. Throws NOT_FOUND, STALE_WRITE, RULE_VIOLATED.
 */
export async function creditInvoice(
  acting: Acting,
  { reason, lines, ...at }: Closing & { lines?: InvoiceLineInput[] | undefined },
): Promise<Invoice> {
  const { executor } = acting
  const invoice = await lockRecord(executor, invoiceRecord, at)
  assertStatus(invoice, ['issued'], 'Only an issued invoice can be credited.')
  if (invoice.kind === 'credit_note') refuse('A credit note is voided, not credited.')
  if (lines === undefined && invoice.creditedMinor !== 0)
    refuse('Parts were credited before: say which lines.', 'lines')
  const credited = lines ?? asInput(invoice.lines)
  const { totalMinor } = totalsOfLines(credited)
  if (totalMinor <= 0) refuse('A credit note takes back more than nothing.', 'lines')
  if (totalMinor > invoice.totalMinor - invoice.creditedMinor) refuse('More than the invoice claims.', 'lines')
  const [now, customer] = await inOneTrip([transactionTime(executor), customerOf(executor, invoice.accountId)])
  const { accountId, contactId, eventId, poNumber, billTo, currency } = invoice
  const number = await takeNumber(executor, 'credit_note')
  return createRecord(acting, invoiceRecord, {
    accountId,
    contactId,
    eventId,
    poNumber,
    billTo,
    currency,
    kind: 'credit_note',
    creditsInvoiceId: invoice.id,
    status: 'issued',
    number,
    issuedOn: customer.today,
    sentAt: now,
    closedReason: reason,
    lines: credited,
    schedule: [],
  })
}

function refuse(message: string, field?: string): never {
  throw new TenantryError('RULE_VIOLATED', { message, ...(field !== undefined && { data: { field } }) })
}
