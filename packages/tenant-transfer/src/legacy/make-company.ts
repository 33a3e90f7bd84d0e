import { createHash } from 'node:crypto'
import type { LegacyTable } from './columns.ts'
import type { LegacyCompany } from './legacy-database.ts'

export type LegacyRow = Record<string, unknown>
export type LegacyRows = Record<LegacyTable, LegacyRow[]>

/** 253 together. */
export const legacyRowCounts = {
  accounts: 13,
  contacts: 9,
  contact_accounts: 11,
  locations: 7,
  opportunities: 49,
  opportunity_line_items: 61,
  leads: 17,
  events: 6,
  event_dates: 9,
  tasks: 23,
  notes: 21,
  attachments: 12,
  communications: 15,
} as const satisfies Record<LegacyTable, number>

/**
 * A company as years in the old system left it: amounts without a currency, addresses in two forms that disagree, dates and
 * times without a zone, pointers without a foreign key, some of them at rows that are gone, stages as they were typed.
 */
export function makeCompanyRows({ legacyTenantId, memberIds }: LegacyCompany): LegacyRows {
  const id = (table: string, n: number) => idOf(`${legacyTenantId} ${table} ${n}`)
  const gone = (n: number) => id('gone', n)
  const owner = (n: number) => (n % 7 === 6 ? gone(900) : (memberIds[n % Math.max(memberIds.length, 1)] ?? null))
  const make = <T extends LegacyTable>(table: T, row: (n: number) => LegacyRow): LegacyRow[] =>
    Array.from({ length: legacyRowCounts[table] }, (_, n) => ({
      id: id(table, n),
      tenant_id: legacyTenantId,
      created_at: at(n),
      updated_at: at(n + 30),
      ...row(n),
    }))
  return {
    accounts: make('accounts', (n) => ({
      name: accountNames[n],
      type: pick(['Customer', 'customer', 'Individual', 'Prospect', 'VIP'], n),
      status: pick(['active', 'Active', 'Inactive', 'do_not_serve', 'archived'], n),
      email: pick(['office@harbor.example', 'none', 'Info@Northgate.Example', null], n),
      phone: pick(['(415) 555-0100', '+49 30 901820', '415.555.0101 ext 4', '555-0102', null, '1-415-555-0103'], n),
      website: n % 3 === 0 ? 'https://harbor.example' : null,
      industry: pick(['weddings', 'corporate', null], n),
      annual_revenue: n % 4 === 0 ? `${(n + 1) * 125_000}.50` : null,
      billing_address: pick<unknown>(
        [
          { street: `${n} Old Pier`, city: 'Oakland', zip: '94607', country: 'usa' },
          null,
          'see contract',
          { line1: '7 Quay', line2: 'Floor 2', city: 'Alameda' },
        ],
        n,
      ),
      billing_street: n % 3 === 0 ? `${n} Market Street` : null,
      billing_city: n % 3 === 0 ? 'San Francisco' : '',
      billing_state: n % 3 === 0 ? 'CA' : null,
      billing_zip: n % 3 === 0 ? '94103' : null,
      billing_country: pick(['United States', 'US', 'Deutschland', 'Atlantis', null], n),
      assigned_to: owner(n),
      notes: n % 5 === 0 ? 'Pays late.\nAsk for Tony.\tAlways.' : null,
    })),
    contacts: make('contacts', (n) => ({
      // The last two have only the junction.
      account_id: n < 6 ? id('accounts', n) : n === 6 ? gone(1) : null,
      first_name: pick(['Maria', 'Søren', '', 'Wei', null], n),
      last_name: pick(['Okafor', "O'Neill", 'Núñez', 'Zhang', 'Bauer'], n),
      email: n === 4 ? 'not an address' : `Person${n}@Example.com`,
      phone: n % 2 === 0 ? `(628) 555-01${10 + n}` : null,
      mobile: n === 2 ? `628-555-01${10 + n}` : n % 3 === 0 ? `+1 628 555 02${10 + n}` : null,
      title: n % 2 === 0 ? 'Event Manager' : null,
      birth_date: n % 4 === 0 ? '1984-02-29' : null,
      do_not_call: pick<unknown>([null, true, false], n),
      assigned_to: owner(n),
    })),
    contact_accounts: make('contact_accounts', (n) => ({
      // Rows 0 to 3 say again what the contact itself says; 8 says the same as 7; 9 and 10 point at what is gone.
      contact_id: n === 9 ? gone(2) : n === 8 ? id('contacts', 7) : id('contacts', n % 9),
      account_id: n < 4 ? id('accounts', n) : n === 10 ? gone(3) : n === 8 ? id('accounts', 8) : id('accounts', n + 1),
      role: pick(['planner', 'billing', null], n),
      is_primary: pick<unknown>([true, false, null], n),
    })),
    locations: make('locations', (n) => ({
      name: pick(
        ['Pier 27', 'The Old Mint', 'Villa Montalvo', 'City Hall', 'Golden Gate Club', 'Presidio Chapel', 'Fort Mason'],
        n,
      ),
      address:
        n % 2 === 0 ? { street: `${n + 1} The Embarcadero`, city: 'San Francisco', state: 'CA', zip: '94111' } : null,
      street: n % 3 === 1 ? '88 5th Street' : null,
      city: n % 3 === 1 ? 'San Francisco' : null,
      state: n % 3 === 1 ? 'CA' : null,
      zip: n % 3 === 1 ? '94103' : null,
      country: pick(['usa', 'U.S.A.', null], n),
      latitude: n === 5 ? 3779.26 : 37.79 + n / 1000,
      longitude: -122.39 - n / 1000,
      capacity: n % 2 === 0 ? 150 * (n + 1) : null,
      parking: n === 0 ? 'Garage on Beach Street' : null,
      load_in: n === 1 ? 'Freight lift, 2 m wide' : null,
      contact_id: n === 3 ? gone(4) : n === 2 ? id('contacts', 2) : null,
    })),
    opportunities: make('opportunities', (n) => ({
      name: `${pick(['Wedding', 'Gala', 'Summer party', 'Launch'], n)} ${2024 + (n % 3)} no. ${n + 1}`,
      account_id: n === 17 ? gone(5) : id('accounts', n % 13),
      contact_id: n === 23 ? gone(6) : n % 2 === 0 ? id('contacts', n % 9) : null,
      stage: pick(
        [
          'Closed Won',
          'closed - won',
          'Proposal',
          'proposal sent',
          'NEGOTIATION',
          'Waiting for the bride',
          'Lost',
          'new',
          'Closed Lost',
        ],
        n,
      ),
      amount: n === 11 ? null : `${900 + n * 137}.${String((n * 29) % 100).padStart(2, '0')}`,
      probability: pick<unknown>([null, 100, 40, 120, 60], n),
      close_date: n % 6 === 0 ? null : `2026-${String((n % 12) + 1).padStart(2, '0')}-15`,
      closed_at: n % 9 === 0 ? at(n + 20) : n === 2 ? at(n) : null,
      lost_reason: n % 18 === 6 ? 'price' : null,
      next_step: n % 5 === 0 ? 'call back' : null,
      event_type: pick(['wedding', 'corporate', null], n),
      assigned_to: owner(n),
    })),
    opportunity_line_items: make('opportunity_line_items', (n) => ({
      opportunity_id: n === 60 ? gone(7) : id('opportunities', n % 49),
      name: pick(['Open-air booth', 'Second attendant', 'Guest book', 'Loyalty discount'], n),
      description: n % 4 === 0 ? '4 hours, prints included' : null,
      quantity: pick<unknown>(['1', '2.5', null, '1'], n),
      unit_price: n % 4 === 3 ? '-50.00' : `${100 + n}.99`,
      discount: n % 5 === 0 ? '10.00' : null,
      tax_rate: pick<unknown>(['8.8750', null, '108.25'], n),
      line_total: n % 2 === 0 ? '0.00' : null,
      sort_order: n % 3 === 0 ? null : n,
    })),
    leads: make('leads', (n) => ({
      first_name: n === 8 ? null : pick(['Ines', 'Paul', ''], n),
      last_name: n === 8 ? null : pick(['Ferrari', 'Schmidt', 'Ito'], n),
      company: n % 4 === 0 ? 'Redwood Events' : null,
      email: n % 5 === 4 ? 'ask her' : `lead${n}@example.org`,
      phone: n % 2 === 0 ? `415 555 03${10 + n}` : null,
      source: pick(['web', 'fair', null], n),
      status: pick(['new', 'Working', 'Hot', 'spam', 'Converted', '???'], n),
      event_type: 'wedding',
      event_date: n % 3 === 0 ? '2026-09-12' : null,
      guest_count: n % 2 === 0 ? 40 + n : null,
      budget: n % 3 === 0 ? `${1000 + n * 50}.00` : null,
      message: n === 0 ? 'We saw you at the fair!\r\nCall me.' : null,
      // Converted into what is there (0, 4, 10), into one thing of three (12), into nothing that is left (16).
      is_converted: n === 1 ? null : [0, 4, 10, 12, 16].includes(n),
      converted_at: n === 0 || n === 16 ? at(n + 5) : null,
      converted_account_id: n === 16 ? gone(8) : [0, 4, 10].includes(n) ? id('accounts', n) : null,
      converted_contact_id: n === 16 ? gone(9) : [0, 4, 12].includes(n) ? id('contacts', n % 9) : null,
      converted_opportunity_id: n === 12 ? gone(10) : [0, 10].includes(n) ? id('opportunities', n) : null,
      assigned_to: owner(n),
    })),
    events: make('events', (n) => ({
      title: pick(['Okafor wedding', 'Harbor gala', 'Fiscal year kick-off', 'Prom', 'Three-day fair', 'Open house'], n),
      event_type: n === 3 ? null : 'wedding',
      account_id: id('accounts', n),
      contact_id: n === 5 ? gone(11) : id('contacts', n),
      // Two events of one opportunity, and one of an opportunity that is gone.
      opportunity_id: n === 1 ? id('opportunities', 0) : n === 4 ? gone(12) : id('opportunities', n),
      location_id: n === 2 ? gone(13) : id('locations', n),
      status: pick(['Confirmed', 'booked', 'cancelled', 'Hold', 'planning', 'done'], n),
      // The first begins in the hour that the clocks skip, the second ends after midnight.
      start_date:
        n === 3 ? null : pick(['2026-03-08', '2026-06-20', '2026-10-31', null, '2026-07-03', '2026-11-01'], n),
      start_time: pick<unknown>(['02:30:00', '18:00:00', null, null, '09:00:00', '00:30:00'], n),
      end_date: n === 4 ? '2026-07-05' : n === 5 ? '2026-10-30' : null,
      end_time: pick<unknown>(['06:00:00', '01:30:00', null, null, '17:00:00', '02:30:00'], n),
      guest_count: 60 + n * 20,
      description: n === 0 ? 'Flowers at 9.' : null,
    })),
    event_dates: make('event_dates', (n) => ({
      event_id: n === 8 ? gone(14) : id('events', n < 3 ? 4 : n < 6 ? 0 : 1),
      location_id: n === 1 ? gone(15) : n % 2 === 0 ? id('locations', n % 7) : null,
      event_date: n === 7 ? null : `2026-07-0${(n % 9) + 1}`,
      start_time: n === 5 ? null : '18:00:00',
      end_time: pick<unknown>(['23:00:00', '02:00:00', null], n),
      label: pick(['set-up', 'day one', null], n),
      notes: n === 0 ? 'Bring ramps' : null,
    })),
    tasks: make('tasks', (n) => ({
      title: `${pick(['Call', 'Send quote to', 'Ask for deposit of', 'Confirm'], n)} customer ${n}`,
      description: null,
      status: pick(['Open', 'in progress', 'Completed', 'waiting'], n),
      priority: pick(['High', 'normal', '1', null], n),
      due_date: n % 4 === 0 ? null : '2026-05-04',
      due_time: n % 4 === 1 ? '09:30:00' : null,
      completed_at: n % 8 === 2 ? at(n + 9) : n === 0 ? at(3) : null,
      assigned_to: owner(n),
      ...entity(n, id, gone),
    })),
    notes: make('notes', (n) => ({
      body: n === 20 ? '   ' : `Talked about **booth ${n}**.\n- no glitter\n- \\o/`,
      is_pinned: pick<unknown>([true, null, false], n),
      author_id: owner(n),
      ...entity(n + 1, id, gone),
    })),
    attachments: make('attachments', (n) => ({
      file_name: `contract ${n}.pdf`,
      // Two rows for one file.
      file_path: `uploads/${legacyTenantId}/${n === 11 ? 10 : n}.pdf`,
      file_size: n === 3 ? null : 1000 * n,
      mime_type: n % 3 === 0 ? null : 'application/pdf',
      uploaded_by: owner(n),
      ...entity(n + 2, id, gone),
    })),
    communications: make('communications', (n) => ({
      type: pick(['Email', 'phone call', 'Text', 'site visit', 'fax'], n),
      direction: pick(['in', 'Outbound', null], n),
      subject: n % 2 === 0 ? `Your event no. ${n}` : null,
      body: 'Dear all, …',
      sent_at: n === 5 ? null : `2026-04-0${(n % 9) + 1} 14:30:00`,
      duration_minutes: n % 5 === 1 ? 12 : null,
      external_id: n === 9 ? 'msg-8' : n % 2 === 0 ? `msg-${n}` : null,
      ...entity(n + 3, id, gone),
    })),
  }
}

/** Most point at something, in words nobody agreed on; some at what is gone, some at a kind that never existed, some at nothing. */
function entity(n: number, id: (table: string, n: number) => string, gone: (n: number) => string): LegacyRow {
  if (n % 11 === 10) return { entity_type: 'account', entity_id: gone(20 + n) }
  if (n % 13 === 12) return { entity_type: 'Widget', entity_id: gone(40 + n) }
  if (n % 9 === 8) return { entity_type: null, entity_id: null }
  const [type, table, count] = pick<[string, string, number]>(
    [
      ['Account', 'accounts', 13],
      ['contact', 'contacts', 9],
      ['deal', 'opportunities', 49],
      ['Events', 'events', 6],
      ['LEAD', 'leads', 16],
      ['venue', 'locations', 7],
    ],
    n,
  )
  return { entity_type: type, entity_id: id(table, n % count) }
}

const accountNames = [
  'Harbor Weddings',
  'Northgate Ltd',
  'Ana & Luis',
  'Café "Zur Post"',
  'Redwood Events',
  'École du Pont',
  'Bay Area Prom Committee',
  'Müller GmbH',
  'Tanaka 田中',
  'Old Mint Trust',
  'Sunset Rotary',
  'Blue Door; LLC',
  'Smith\tFamily',
]

function pick<T>(from: readonly T[], n: number): T {
  // The index is always within: it is a rest.
  return from[n % from.length] as T
}

/** Distinct instants with microseconds, two hours apart. */
function at(n: number): string {
  const hours = new Date(Date.UTC(2025, 2, 1, n * 2)).toISOString().slice(0, 19)
  return `${hours}.${String(n * 13 + 7).padStart(6, '0')}Z`
}

/** A random-looking UUID that is the same each time. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  const variant = ['8', '9', 'a', 'b'][Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
