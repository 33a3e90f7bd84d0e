import { bigintText, citext, instant, localDate, minorUnits } from '@tenantry/connections/columns'
import { LeadKind, LeadStatus } from '@tenantry/contracts/leads'
import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { currencyCode } from '../columns.ts'
import { isCurrency, isMoney, isPhone, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byOwner } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

/** What people call a lead: its person, else its company, else how it can be reached. */
const heading = sql`coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), company, email::text, phone_e164)`
/** Where a lead stands in the queue: those nobody has answered first, the oldest of them at the top. */
const queueRank = sql`(case status when 'new' then 0 when 'contacted' then 1 when 'qualified' then 2 when 'unqualified' then 3 else 4 end)
  * 1000000000000::bigint + floor(extract(epoch from created_at - '1970-01-01 00:00:00+00'::timestamptz))::bigint`

export const leads = crm.table(
  'leads',
  {
    ...recordKey(),
    kind: word('kind', LeadKind.options).notNull().default('person'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    company: text('company'),
    email: citext('email'),
    phone: text('phone_e164'),
    status: word('status', LeadStatus.options).notNull().default('new'),
    source: text('source'),
    sourceDetail: jsonb('source_detail').$type<Record<string, unknown>>(),
    ownerId: uuid('owner_id'),
    unqualifiedReason: text('unqualified_reason'),
    eventType: text('event_type'),
    wantedOn: localDate('wanted_on'),
    wantedVenue: text('wanted_venue'),
    guestCount: integer('guest_count'),
    budgetMinor: minorUnits('budget_minor'),
    currency: currencyCode('currency').references(() => currencies.code),
    message: text('message'),
    firstResponseAt: instant('first_response_at'),
    convertedAt: instant('converted_at'),
    convertedBy: uuid('converted_by'),
    convertedAccountId: uuid('converted_account_id'),
    convertedContactId: uuid('converted_contact_id'),
    convertedOpportunityId: uuid('converted_opportunity_id'),
    displayName: text('display_name').notNull().generatedAlwaysAs(heading),
    queueRank: bigintText('queue_rank').notNull().generatedAlwaysAs(queueRank),
    searchText: searchText(
      sql`btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) || chr(10) || coalesce(company, '') || chr(10) || coalesce(email::text, '') || chr(10) || coalesce(phone_e164, '')`,
    ),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('leads', t),
    ...rowAccess('lead', byOwner(t.ownerId, t.createdBy)),
    oneOf(t.kind, LeadKind.options),
    oneOf(t.status, LeadStatus.options),
    isPhone(t.phone),
    isMoney(t.budgetMinor, 'zero'),
    isCurrency(t.currency),
    check('leads_reach_check', sql`coalesce(first_name, last_name, company, email::text, phone_e164) is not null`),
    check('leads_converted_check', sql`(status = 'converted') = (converted_at is not null)`),
    check(
      'leads_conversion_check',
      sql`converted_at is null or converted_contact_id is not null or converted_account_id is not null`,
    ),
    check('leads_unqualified_check', sql`status <> 'unqualified' or unqualified_reason is not null`),
    sameTenant(t.ownerId, memberRefs.userId).onDelete('set null'),
    sameTenant(t.convertedAccountId, accounts.id).onDelete('set null'),
    sameTenant(t.convertedContactId, contacts.id).onDelete('set null'),
    // `leads_converted_opportunity_fk` stands in the migration only: the table it points at has a key to this one.
    index('leads_by_queue').on(t.tenantId, t.queueRank, t.id).where(live),
    index('leads_by_name').on(t.tenantId, t.displayName, t.id).where(live),
    index('leads_by_wanted').on(t.tenantId, leadWantedKey, t.id).where(live),
    index('leads_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    index('leads_by_email').on(t.tenantId, t.email),
    ...listIndexes('leads', t, byOwner(t.ownerId, t.createdBy)),
  ],
)

/** What the list sorts by for `wantedOn`: without a date last. The index is on exactly this; see `accountCityKey`. */
export const leadWantedKey = sql<string>`(case when wanted_on is null then 'infinity'::date else wanted_on end)`
