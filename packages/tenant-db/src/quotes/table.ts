import { instant, localDate, minorUnits } from '@tenantry/connections/columns'
import { QuoteStatus } from '@tenantry/contracts/quotes'
import { sql } from 'drizzle-orm'
import { check, index, integer, smallint, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { bytes, currencyCode, ipAddress } from '../columns.ts'
import { inRange, isCurrency, isMoney, isRate, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byAccount } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { events } from '../events/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { word } from '../word.ts'

/** A sent quote does not change any more: a change is a new revision of the same number. */
export const quotes = crm.table(
  'quotes',
  {
    ...recordKey(),
    number: text('number').notNull(),
    rootQuoteId: uuid('root_quote_id'),
    revision: smallint('revision').notNull().default(1),
    opportunityId: uuid('opportunity_id'),
    eventId: uuid('event_id'),
    accountId: uuid('account_id').notNull(),
    contactId: uuid('contact_id'),
    title: text('title'),
    status: word('status', QuoteStatus.options).notNull().default('draft'),
    issuedOn: localDate('issued_on'),
    validUntil: localDate('valid_until'),
    currency: currencyCode('currency')
      .notNull()
      .references(() => currencies.code),
    subtotalMinor: minorUnits('subtotal_minor').notNull().default(0),
    discountMinor: minorUnits('discount_minor').notNull().default(0),
    taxMinor: minorUnits('tax_minor').notNull().default(0),
    totalMinor: minorUnits('total_minor').notNull().default(0),
    terms: text('terms'),
    depositPpm: integer('deposit_ppm').notNull().default(0),
    balanceDueDays: smallint('balance_due_days').notNull().default(14),
    instalments: smallint('instalments').notNull().default(1),
    publicTokenHash: bytes('public_token_hash'),
    sentAt: instant('sent_at'),
    viewedAt: instant('viewed_at'),
    acceptedAt: instant('accepted_at'),
    acceptedName: text('accepted_name'),
    acceptedIp: ipAddress('accepted_ip'),
    declinedAt: instant('declined_at'),
    declineReason: text('decline_reason'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawalReason: text('withdrawal_reason'),
    contentSha256: bytes('content_sha256'),
    searchText: searchText(sql`number || chr(10) || coalesce(title, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('quotes', t),
    ...rowAccess('quote', byAccount(t.accountId, t.createdBy)),
    oneOf(t.status, QuoteStatus.options),
    isCurrency(t.currency),
    isMoney(t.subtotalMinor),
    isMoney(t.discountMinor),
    isMoney(t.taxMinor),
    isMoney(t.totalMinor),
    isRate(t.depositPpm),
    inRange(t.balanceDueDays, 0, 365),
    inRange(t.instalments, 1, 24),
    check('quotes_sum_check', sql`total_minor = subtotal_minor - discount_minor + tax_minor`),
    check('quotes_accepted_check', sql`status not in ('accepted', 'converted') or accepted_at is not null`),
    unique('quotes_number').on(t.tenantId, t.number, t.revision),
    sameTenant(t.rootQuoteId, t.id).onDelete('restrict'),
    sameTenant(t.accountId, accounts.id).onDelete('restrict'),
    sameTenant(t.contactId, contacts.id).onDelete('set null'),
    sameTenant(t.opportunityId, opportunities.id).onDelete('set null'),
    sameTenant(t.eventId, events.id).onDelete('set null'),
    index('quotes_by_number').on(t.tenantId, t.number, t.id).where(live),
    index('quotes_by_total').on(t.tenantId, t.totalMinor, t.id).where(live),
    index('quotes_by_valid_until').on(t.tenantId, quoteValidKey, t.id).where(live),
    index('quotes_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    index('quotes_by_root').on(t.tenantId, t.rootQuoteId),
    index('quotes_by_account').on(t.tenantId, t.accountId),
    index('quotes_by_event').on(t.tenantId, t.eventId),
    index('quotes_by_opportunity').on(t.tenantId, t.opportunityId),
    // Whoever accepts may not see the quotes of others.
    uniqueIndex('quotes_one_accepted')
      .on(t.tenantId, t.opportunityId)
      .where(sql`status in ('accepted', 'converted') and deleted_at is null`),
    uniqueIndex('quotes_token').on(t.tenantId, t.publicTokenHash),
    ...listIndexes('quotes', t, byAccount(t.accountId, t.createdBy)),
  ],
)

/** What the list sorts by for `validUntil`: without a date last. The index is on exactly this; see `accountCityKey`. */
export const quoteValidKey = sql<string>`(case when valid_until is null then 'infinity'::date else valid_until end)`
