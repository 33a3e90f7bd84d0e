import { country, disagreement, filled, literal } from '../expressions.ts'
import { pointer, type Given } from '../given.ts'
import { converted, copied, dropped, type Expression, type TableMove, type Value } from '../table-move.ts'

export function locations(given: Given): TableMove<'locations'> {
  return {
    source: 'locations',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      name: copied('name'),
      address: converted(
        'fills what the single columns leave empty',
        'line1',
        'line2',
        'city',
        'region',
        'postal_code',
        'country',
      ),
      street: converted('wins over the object', 'line1'),
      city: converted('wins over the object', 'city'),
      state: converted('wins over the object', 'region'),
      zip: converted('wins over the object', 'postal_code'),
      country: converted('two-letter code; wins over the object', 'country'),
      latitude: converted('six decimals', 'latitude'),
      longitude: converted('six decimals', 'longitude'),
      capacity: copied('capacity'),
      parking: copied('parking_notes'),
      load_in: copied('load_in_notes'),
      contact_id: converted('only contacts that are there', 'contact_id'),
    },
    rejects: [{ reason: 'has no name', when: `${filled('locations.name')} is null` }],
    prepared: { country: eitherOf('country', 'country') },
    parts: [
      {
        target: 'locations',
        values: {
          line1: {
            sql: eitherOf('street', 'street', 'line1'),
            lost: {
              column: 'address',
              reason: 'is not an object with parts of an address',
              when: `jsonb_typeof(locations.address) not in ('object', 'null')`,
            },
          },
          line2: inObject('line2'),
          city: {
            sql: eitherOf('city', 'city'),
            lost: {
              column: 'address',
              reason: 'says something else than the single columns, or what there is no column for',
              when: disagrees,
            },
          },
          region: eitherOf('state', 'state', 'region'),
          postal_code: eitherOf('zip', 'zip', 'postal_code'),
          country: {
            sql: country('prepared.country'),
            lost: { column: 'country', reason: 'is not a country that is known' },
          },
          latitude: coordinate('latitude', 90),
          longitude: coordinate('longitude', 180),
          time_zone: literal(given.company.timeZone),
          contact_id: pointer(given, 'locations', 'contact_id', 'contacts'),
        },
      },
    ],
    references: [{ column: 'contact_id', to: 'contacts' }],
  }
}

function inObject(...keys: string[]): Expression {
  return `coalesce(${keys.map((key) => filled(`locations.address ->> '${key}'`)).join(', ')})`
}

function eitherOf(column: string, ...keys: string[]): Expression {
  return `coalesce(${filled(`locations.${column}`)}, ${inObject(...keys)})`
}

const disagrees = disagreement('locations', 'address', {
  street: ['street', 'line1'],
  city: ['city'],
  state: ['state', 'region'],
  zip: ['zip', 'postal_code'],
  country: ['country'],
})

function coordinate(column: 'latitude' | 'longitude', most: number): Value {
  const degrees = `locations.${column}`
  return {
    sql: `(case when ${degrees} between -${most} and ${most} then round(${degrees}::numeric, 6)::numeric(9, 6) end)`,
    lost: { column, reason: 'is not on this globe' },
  }
}
