import { country, digitsOf, disagreement, email, filled, member, phoneValue, wordOr } from '../expressions.ts'
import type { Given } from '../given.ts'
import { converted, copied, dropped, type Expression, type TableMove } from '../table-move.ts'

export function accounts({ company }: Given): TableMove<'accounts'> {
  return {
    source: 'accounts',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      name: copied('name'),
      type: converted('person or company', 'kind'),
      status: converted('one of three words', 'status'),
      email: converted('only what is an address', 'email'),
      phone: converted('international form', 'phone_e164'),
      website: copied('website'),
      industry: copied('industry'),
      annual_revenue: converted('kept as a custom field, exact', 'custom'),
      billing_address: converted(
        'fills what the single columns leave empty; kept where it disagrees',
        ...billing,
        'custom',
      ),
      billing_street: converted('wins over the object', 'billing_line1'),
      billing_city: converted('wins over the object', 'billing_city'),
      billing_state: converted('wins over the object', 'billing_region'),
      billing_zip: converted('wins over the object', 'billing_postal_code'),
      billing_country: converted('two-letter code; wins over the object', 'billing_country'),
      assigned_to: converted('only people of the company', 'owner_id'),
      notes: copied('description'),
    },
    rejects: [{ reason: 'has no name', when: `${filled('accounts.name')} is null` }],
    prepared: {
      phone_digits: digitsOf('accounts.phone'),
      country: eitherOf('billing_country', 'country'),
    },
    parts: [
      {
        target: 'accounts',
        values: {
          kind: wordOr('type', 'accounts', 'company', {
            person: ['person', 'individual', 'private', 'consumer'],
            company: [
              'company',
              'business',
              'customer',
              'client',
              'prospect',
              'partner',
              'vendor',
              'venue',
              'organization',
            ],
          }),
          status: wordOr('status', 'accounts', 'active', {
            active: ['active', 'open', 'current', 'customer'],
            inactive: ['inactive', 'closed', 'former', 'dormant'],
            blocked: ['blocked', 'blacklisted', 'do not serve'],
          }),
          email: email('accounts', 'email'),
          phone_e164: phoneValue(company, 'accounts', 'phone', 'prepared.phone_digits'),
          owner_id: member(company, 'accounts', 'assigned_to'),
          billing_line1: eitherOf('billing_street', 'street', 'line1'),
          billing_line2: inObject('line2'),
          billing_city: eitherOf('billing_city', 'city'),
          billing_region: eitherOf('billing_state', 'state', 'region'),
          billing_postal_code: eitherOf('billing_zip', 'zip', 'postal_code'),
          billing_country: {
            sql: country('prepared.country'),
            lost: { column: 'billing_country', reason: 'is not a country that is known' },
          },
          custom: {
            sql: `jsonb_strip_nulls(jsonb_build_object('legacyAnnualRevenue', accounts.annual_revenue::text,
              'legacyBillingAddress', case when accounts.billing_address is not null and (${disagrees}) then accounts.billing_address end))`,
            lost: {
              column: 'billing_address',
              reason: 'is not an object with parts of an address',
              when: `jsonb_typeof(accounts.billing_address) not in ('object', 'null')`,
            },
          },
        },
      },
    ],
    references: [],
  }
}

const billing = [
  'billing_line1',
  'billing_line2',
  'billing_city',
  'billing_region',
  'billing_postal_code',
  'billing_country',
]

function inObject(...keys: string[]): Expression {
  return `coalesce(${keys.map((key) => filled(`accounts.billing_address ->> '${key}'`)).join(', ')})`
}

function eitherOf(column: string, ...keys: string[]): Expression {
  return `coalesce(${filled(`accounts.${column}`)}, ${inObject(...keys)})`
}

/** Both say something, and not the same, or the object says what there is no column for. */
const disagrees = disagreement('accounts', 'billing_address', {
  billing_street: ['street', 'line1'],
  billing_city: ['city'],
  billing_state: ['state', 'region'],
  billing_zip: ['zip', 'postal_code'],
  billing_country: ['country'],
})
