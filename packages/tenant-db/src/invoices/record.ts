import { statement } from '@tenantry/connections/statement'
import type { InvoiceLineInput } from '@tenantry/contracts/document-lines'
import type { Instalment, Invoice } from '@tenantry/contracts/invoices'
import { assertDraft } from '../documents/assert-draft.ts'
import { totalsOfLines } from '../documents/totals-of-lines.ts'
import type { Acting } from '../records/acting.ts'
import type { Fields } from '../records/diff.ts'
import { found } from '../records/found.ts'
import { lineParameters } from '../records/history.ts'
import { lockOf } from '../records/lock.ts'
import { inOneTrip } from '../records/one-trip.ts'
import { asRows } from '../records/plain.ts'
import type { RecordKind } from '../records/record-kind.ts'
import { withId } from '../records/record-table.ts'
import { insertOf, updateOf } from '../records/write-statements.ts'
import { asInput, deleteLines, deleteParts, insertLines, insertParts } from './lines.ts'
import { selectInvoices } from './rows.ts'
import { invoices } from './table.ts'

const fields = [
  'number',
  'kind',
  'creditsInvoiceId',
  'status',
  'accountId',
  'contactId',
  'eventId',
  'quoteId',
  'poNumber',
  'issuedOn',
  'dueOn',
  'billTo',
  'currency',
  'subtotalMinor',
  'discountMinor',
  'taxMinor',
  'totalMinor',
  'notes',
  'sentAt',
  'viewedAt',
  'closedReason',
  'custom',
]
const empty = Object.fromEntries(fields.map((field) => [field, null]))
const insert = insertOf(invoices, fields)
const update = updateOf(invoices, fields)
const byId = statement<{ id: string }, Invoice>((db) => asRows<Invoice>(selectInvoices(db).where(withId(invoices))))

/** Lines and schedule are a field each, replaced, remembered and undone as a whole; totals and balance follow from others. */
export const invoiceRecord: RecordKind<Invoice> = {
  entity: 'invoice',
  byId,
  lock: lockOf(invoices),
  fieldsOf: (row) => ({ ...row, lines: asInput(row.lines) }),
  assertAllows: assertDraft,
  refusals: {
    invoices_account_fk: { field: 'accountId', message: 'There is no such company.' },
    invoices_contact_fk: { field: 'contactId', message: 'There is no such contact.' },
    invoices_currency_currencies_code_fk: { field: 'currency', message: 'This currency is not known.' },
  },
  async insert(acting, entry, input) {
    const id = entry.entityId
    const totals = totalsOfLines(linesIn(input))
    const [, , , [row]] = await inOneTrip([
      acting.executor.run(insert, { ...empty, ...input, ...totals, id, ...lineParameters(acting, entry) }),
      replaceLines(acting, id, linesIn(input)),
      replaceSchedule(acting, id, scheduleIn(input)),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    const { id } = before
    const lines = 'lines' in changes ? linesIn(changes) : undefined
    const totals = lines && totalsOfLines(lines)
    const [, , , [row]] = await inOneTrip([
      acting.executor.run(update, { ...before, ...changes, ...totals, ...lineParameters(acting, entry) }),
      lines && replaceLines(acting, id, lines),
      'schedule' in changes ? replaceSchedule(acting, id, scheduleIn(changes)) : undefined,
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
}

/** The contract and the history have given the lists their form. */
function linesIn(given: Fields): InvoiceLineInput[] {
  return given['lines'] as InvoiceLineInput[]
}
function scheduleIn(given: Fields): Instalment[] {
  return given['schedule'] as Instalment[]
}

function replaceLines({ executor }: Acting, invoiceId: string, lines: readonly InvoiceLineInput[]) {
  return inOneTrip([
    executor.run(deleteLines, { invoiceId }),
    executor.run(insertLines, { invoiceId, lines: JSON.stringify(lines) }),
  ])
}

function replaceSchedule({ executor }: Acting, invoiceId: string, parts: readonly Instalment[]) {
  return inOneTrip([
    executor.run(deleteParts, { invoiceId }),
    executor.run(insertParts, { invoiceId, parts: JSON.stringify(parts) }),
  ])
}
