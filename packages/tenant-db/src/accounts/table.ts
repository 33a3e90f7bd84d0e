import { citext } from '@tenantry/connections/columns'
import { AccountKind, AccountStatus } from '@tenantry/contracts/accounts'
import { sql } from 'drizzle-orm'
import { check, index, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { countryCode, currencyCode } from '../columns.ts'
import { inRange, isCountry, isCurrency, isPhone, isTimeZone, notBlank, oneOf, sameTenant } from '../constraints.ts'
import { crm } from '../crm.ts'
import { currencies } from '../currencies/table.ts'
import { listIndexes, live, recordEnvelope, recordKey, recordRules, searchText } from '../envelope.ts'
import { byOwner } from '../row-access/belonging.ts'
import { rowAccess } from '../row-access/policies.ts'
import { memberRefs } from '../member-refs/table.ts'
import { word } from '../word.ts'

export const accounts = crm.table(
  'accounts',
  {
    ...recordKey(),
    name: text('name').notNull(),
    kind: word('kind', AccountKind.options).notNull().default('company'),
    status: word('status', AccountStatus.options).notNull().default('active'),
    ownerId: uuid('owner_id'),
    parentAccountId: uuid('parent_account_id'),
    email: citext('email'),
    phone: text('phone_e164'),
    website: text('website'),
    industry: text('industry'),
    source: text('source'),
    taxId: text('tax_id'),
    defaultCurrency: currencyCode('default_currency').references(() => currencies.code),
    paymentTermsDays: smallint('payment_terms_days'),
    billingLine1: text('billing_line1'),
    billingLine2: text('billing_line2'),
    billingCity: text('billing_city'),
    billingRegion: text('billing_region'),
    billingPostalCode: text('billing_postal_code'),
    billingCountry: countryCode('billing_country'),
    timeZone: text('time_zone'),
    locale: text('locale'),
    description: text('description'),
    searchText: searchText(sql`name || chr(10) || coalesce(email::text, '')`),
    ...recordEnvelope(),
  },
  (t) => [
    ...recordRules('accounts', t),
    ...rowAccess('account', byOwner(t.ownerId, t.createdBy)),
    notBlank(t.name),
    oneOf(t.kind, AccountKind.options),
    oneOf(t.status, AccountStatus.options),
    isPhone(t.phone),
    isCurrency(t.defaultCurrency),
    isCountry(t.billingCountry),
    isTimeZone(t.timeZone),
    inRange(t.paymentTermsDays, 0, 365),
    sameTenant(t.ownerId, memberRefs.userId).onDelete('set null'),
    sameTenant(t.parentAccountId, t.id).onDelete('set null'),
    check('accounts_parent_check', sql`parent_account_id <> id`),
    index('accounts_by_name').on(t.tenantId, t.name, t.id).where(live),
    index('accounts_by_created').on(t.tenantId, t.createdAt, t.id).where(live),
    index('accounts_by_status').on(t.tenantId, t.status, t.id).where(live),
    index('accounts_by_city').on(t.tenantId, accountCityKey, t.id).where(live),
    index('accounts_by_phone').on(t.tenantId, t.phone),
    index('accounts_by_parent').on(t.tenantId, t.parentAccountId),
    ...listIndexes('accounts', t, byOwner(t.ownerId, t.createdBy)),
  ],
)

/**
 * What the list sorts by for `city`; the index is on exactly this expression, so that a row comparison can use it. Not
 * `coalesce`: Postgres takes that for a function that might leak, and keeps it out of indexes under row security.
 */
export const accountCityKey = sql<string>`(case when billing_city is null then '' else billing_city end)`
