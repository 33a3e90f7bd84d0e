import type { QuoteListed, QuoteListQuery } from '@tenantry/contracts/quotes'
import { Instant, LocalDate, SignedMinorUnits } from '@tenantry/contracts/scalars'
import { z } from 'zod'
import { comparing, is, isOneOf, isWithin, isWithinKey, ofRecord } from '../records/compare.ts'
import { Listing } from '../records/listing.ts'
import { asRows } from '../records/plain.ts'
import { ownText } from '../records/text-search.ts'
import { selectListedQuotes } from './rows.ts'
import { quotes, quoteValidKey } from './table.ts'
import { whoseQuotes } from './whose.ts'

export const quoteListing = new Listing<QuoteListed, QuoteListQuery['sort'], QuoteListQuery>({
  table: quotes,
  whose: whoseQuotes,
  select: (db, { where, orderBy, limit }) =>
    asRows<QuoteListed>(
      selectListedQuotes(db)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    ),
  sorts: {
    number: { key: quotes.number, of: (row) => row.number, shape: z.string() },
    total: { key: quotes.totalMinor, of: (row) => row.totalMinor, shape: SignedMinorUnits },
    validUntil: {
      key: quoteValidKey,
      of: (row) => row.validUntil ?? 'infinity',
      shape: LocalDate.or(z.literal('infinity')),
    },
    updatedAt: { key: quotes.updatedAt, of: (row) => row.updatedAt, shape: Instant },
    createdAt: { key: quotes.createdAt, of: (row) => row.createdAt, shape: Instant },
  },
  filters: comparing<QuoteListQuery>({
    status: isOneOf(quotes.status),
    accountId: is(quotes.accountId),
    contactId: is(quotes.contactId),
    opportunityId: is(quotes.opportunityId),
    eventId: is(quotes.eventId),
    rootQuoteId: is(quotes.rootQuoteId),
    currency: is(quotes.currency),
    ...isWithin('issued', quotes.issuedOn),
    ...isWithinKey('valid', quoteValidKey),
    ...isWithin('total', quotes.totalMinor),
    ...ofRecord(quotes),
  }),
  texts: ownText(quotes),
})
