import { statement } from '@tenantry/connections/statement'
import { countedLines, type QuoteLineInput } from '@tenantry/contracts/document-lines'
import type { Quote } from '@tenantry/contracts/quotes'
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
import { asInput, deleteLines, insertLines } from './lines.ts'
import { selectQuotes } from './rows.ts'
import { quotes } from './table.ts'

const fields = [
  'number',
  'rootQuoteId',
  'revision',
  'opportunityId',
  'eventId',
  'accountId',
  'contactId',
  'title',
  'status',
  'issuedOn',
  'validUntil',
  'currency',
  'subtotalMinor',
  'discountMinor',
  'taxMinor',
  'totalMinor',
  'terms',
  'depositPpm',
  'balanceDueDays',
  'instalments',
  'sentAt',
  'viewedAt',
  'acceptedAt',
  'acceptedName',
  'declinedAt',
  'declineReason',
  'withdrawnAt',
  'withdrawalReason',
  'custom',
]
const empty = Object.fromEntries(fields.map((field) => [field, null]))
const insert = insertOf(quotes, fields)
const update = updateOf(quotes, fields)
const byId = statement<{ id: string }, Quote>((db) => asRows<Quote>(selectQuotes(db).where(withId(quotes))))

/** The lines are one field, replaced, remembered and undone as a whole; the totals follow from them and are no field. */
export const quoteRecord: RecordKind<Quote> = {
  entity: 'quote',
  byId,
  lock: lockOf(quotes),
  fieldsOf: (row) => ({ ...row, lines: asInput(row.lines) }),
  assertAllows: assertDraft,
  refusals: {
    quotes_account_fk: { field: 'accountId', message: 'There is no such company.' },
    quotes_contact_fk: { field: 'contactId', message: 'There is no such contact.' },
    quotes_opportunity_fk: { field: 'opportunityId', message: 'There is no such opportunity.' },
    quotes_currency_currencies_code_fk: { field: 'currency', message: 'This currency is not known.' },
  },
  async insert(acting, entry, input) {
    const id = entry.entityId
    const totals = totalsOfLines(countedLines(linesIn(input)))
    const [, , [row]] = await inOneTrip([
      acting.executor.run(insert, { ...empty, ...input, ...totals, id, ...lineParameters(acting, entry) }),
      replaceLines(acting, id, linesIn(input)),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
  async update(acting, entry, { before, changes }) {
    const { id } = before
    const lines = 'lines' in changes ? linesIn(changes) : undefined
    const totals = lines && totalsOfLines(countedLines(lines))
    const [, , [row]] = await inOneTrip([
      acting.executor.run(update, { ...before, ...changes, ...totals, ...lineParameters(acting, entry) }),
      lines && replaceLines(acting, id, lines),
      acting.executor.run(byId, { id }),
    ])
    return found(row)
  },
}

/** The contract and the history have given the list its form. */
function linesIn(fieldsGiven: Fields): QuoteLineInput[] {
  return fieldsGiven['lines'] as QuoteLineInput[]
}

function replaceLines({ executor }: Acting, quoteId: string, lines: readonly QuoteLineInput[]) {
  return inOneTrip([
    executor.run(deleteLines, { quoteId }),
    executor.run(insertLines, { quoteId, lines: JSON.stringify(lines) }),
  ])
}
