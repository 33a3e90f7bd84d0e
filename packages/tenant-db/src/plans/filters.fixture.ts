import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { FilledDatabase } from './filled-database.fixture.ts'
import { lists, named, payments } from './lists.fixture.ts'

/** What people follow from one record to its others: the index by which they are found, whatever the order. */
const pointers: Record<string, Record<string, string>> = {
  accounts: { ownerId: 'accounts_by_owner', parentAccountId: 'accounts_by_parent' },
  contacts: { ownerId: 'contacts_by_owner', accountId: 'contact_accounts_by_account' },
  opportunities: {
    ownerId: 'opportunities_by_owner',
    accountId: 'opportunities_by_account',
    contactId: 'opportunities_by_contact',
  },
  leads: { ownerId: 'leads_by_owner' },
  locations: { contactId: 'locations_by_contact' },
  events: {
    ownerId: 'events_by_owner',
    accountId: 'events_by_account',
    contactId: 'events_by_contact',
    opportunityId: 'events_one_per_opportunity',
    locationId: 'event_dates_at_location',
  },
  event_dates: {
    eventId: 'event_dates_of_event',
    opportunityId: 'event_dates_of_opportunity',
    locationId: 'event_dates_at_location',
  },
  tasks: { assigneeId: 'tasks_by_owner', parentTaskId: 'tasks_by_parent' },
  notes: { createdBy: 'notes_by_author' },
  attachments: { createdBy: 'attachments_by_author', communicationId: 'attachments_by_communication' },
  communications: { createdBy: 'communications_by_author' },
  quotes: {
    accountId: 'quotes_by_account',
    opportunityId: 'quotes_by_opportunity',
    eventId: 'quotes_by_event',
    rootQuoteId: 'quotes_by_root',
  },
  contracts: { accountId: 'contracts_by_account', eventId: 'contracts_by_event', quoteId: 'contracts_by_quote' },
  invoices: {
    accountId: 'invoices_by_account',
    eventId: 'invoices_by_event',
    quoteId: 'invoices_by_quote',
    creditsInvoiceId: 'invoices_by_credited',
  },
  payments: {
    accountId: 'payments_by_account',
    invoiceId: 'payment_allocations_by_invoice',
    refundsPaymentId: 'payments_by_refunded',
  },
}
const followed = [...named, payments].flatMap(({ name, page }) =>
  Object.entries(pointers[name] ?? {}).map(([filter, index]) => ({ name, filter, index, page })),
)

/** Filters find rows by an index. */
export function testFilters(database: FilledDatabase): void {
  test.each(followed)('$name by $filter are found by $index, and no other row is read', async (given) => {
    const { name, filter, index, page } = given
    const plan = await database.explain((executor) => page(executor, { filters: { [filter]: randomUUID() } }))
    expect(plan).toMatch(new RegExp(`Scan (using|on) ${index}`))
    expect(plan).not.toContain(`Seq Scan on ${name}`)
    expect(plan).not.toMatch(
      new RegExp(`Index Scan using ${name}_(recent|by_(created|name|start|due|time|received|number|title))`),
    )
  })

  test.each(named.filter(({ name }) => ['tasks', 'notes', 'attachments', 'communications'].includes(name)))(
    '$name about a record are found by their links, and no other row is read',
    async ({ name, page }) => {
      const filters = { about: { entity: 'account', id: randomUUID() } }
      const plan = await database.explain((executor) => page(executor, { filters }))
      expect(plan).toMatch(/Scan (using|on) record_links_by_account/)
      expect(plan).not.toMatch(new RegExp(`Seq Scan on (${name}|record_links)`))
    },
  )

  test('a filter by something that few rows have walks an index and never the table', async () => {
    const asked: [string, object, string][] = [
      ['accounts', { filters: { status: ['blocked'] }, sort: 'status' }, 'accounts_by_status'],
      ['accounts', { filters: { city: 'City 7' }, sort: 'updatedAt' }, 'accounts_by_city'],
      ['leads', { filters: { status: ['new'] } }, 'leads_by_queue'],
      ['tasks', { filters: { dueUntil: '2027-01-02' } }, 'tasks_by_due'],
      ['invoices', { filters: { dueUntil: '2027-01-02' }, sort: 'dueOn' }, 'invoices_by_due'],
      ['opportunities', { filters: { closesFrom: '2028-11-01' }, sort: 'expectedCloseOn' }, 'opportunities_by_close'],
      ['events', { filters: { startsUntil: '2020-01-01T00:00:00Z' } }, 'events_by_start'],
      ['invoices', { filters: { createdFrom: '2220-01-01T00:00:00Z' } }, 'invoices_by_created'],
      ['contacts', { filters: { updatedFrom: '2220-01-01T00:00:00Z' } }, 'contacts_recent'],
    ]
    for (const [name, query, index] of asked) {
      const list = named.find((one) => one.name === name)
      const plan = await database.explain((executor) => list?.page(executor, query) ?? Promise.resolve())
      expect(plan).toMatch(new RegExp(`Scan (using|on) ${index}`))
      expect(plan).not.toContain(`Seq Scan on ${name}`)
    }
  })

  test('a filter by custom values reads the rows that have any, from their index', async () => {
    const filters = { custom: { region: ['r10', 'r11'], size: 3 } }
    const types = [
      { key: 'region', type: 'text' },
      { key: 'size', type: 'number' },
    ]
    const plan = await database.explain((executor) => lists.accounts.page(executor, { filters }), [types])
    expect(plan).toContain('accounts_custom')
    expect(plan).not.toContain('Seq Scan on accounts')
  })
}
