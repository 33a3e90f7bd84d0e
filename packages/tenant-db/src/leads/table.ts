import { citext, instant, localDate, minorUnits } from '@tenantry/connections/columns'
import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core'
import { accounts } from '../accounts/table.ts'
import { currencyCode } from '../columns.ts'
import { isCurrency, isMoney, isPhone, oneOf, sameTenant } from '../constraints.ts'
import { contacts } from '../contacts/table.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { live, recordEnvelope, recordKey, recordRules } from '../envelope.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

const kinds = ['person', 'company'] as const
const statuses = ['new', 'contacted', 'qualified', 'unqualified', 'converted'] as const

export const leads = crm.table(
  'leads',
  {
    ...recordKey(),
    kind: word('kind', kinds).notNull().default('person'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    company: text('company'),
    email: citext('email'),
    phone: text('phone_e164'),
    status: word('status', statuses).notNull().default('new'),
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
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('leads', t),
    oneOf(t.kind, kinds),
    oneOf(t.status, statuses),
    isPhone(t.phone),
    isMoney(t.budgetMinor, 'zero'),
    isCurrency(t.currency),
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
    index('leads_queue').on(t.tenantId, t.status, t.createdAt, t.id).where(live),
  ],
)
