import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { LeadListQuery, LeadSort } from '@tenantry/contracts/leads'
import { EventListQuery, EventSort } from '@tenantry/contracts/events'
import { EventDateListQuery, EventDateSort } from '@tenantry/contracts/event-dates'
import { ResourceListQuery, ResourceSort } from '@tenantry/contracts/resources'
import { TaskListQuery, TaskSort } from '@tenantry/contracts/tasks'
import { NoteListQuery, NoteSort } from '@tenantry/contracts/notes'
import { CommunicationListQuery, CommunicationSort } from '@tenantry/contracts/communications'
import { AttachmentListQuery, AttachmentSort } from '@tenantry/contracts/attachments'
import { AboutQuery } from '@tenantry/contracts/about'
import { AccountListQuery, AccountSort } from '@tenantry/contracts/accounts'
import { CatalogItemListQuery, CatalogItemSort } from '@tenantry/contracts/catalog-items'
import { ContactListQuery, ContactSort } from '@tenantry/contracts/contacts'
import { ContractListQuery, ContractSort } from '@tenantry/contracts/contracts'
import { InvoiceListQuery, InvoiceSort } from '@tenantry/contracts/invoices'
import { PaymentListQuery, PaymentSort } from '@tenantry/contracts/payments'
import { QuoteListQuery, QuoteSort } from '@tenantry/contracts/quotes'
import { LocationListQuery, LocationSort } from '@tenantry/contracts/locations'
import { OpportunityBoardQuery, OpportunityListQuery, OpportunitySort } from '@tenantry/contracts/opportunities'
import type { Page } from '@tenantry/contracts/pages'
import { LinkedEntity } from '@tenantry/contracts/record-links'
import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { leadListing } from './leads/listing.ts'
import { eventListing } from './events/listing.ts'
import { eventDateListing } from './event-dates/listing.ts'
import { resourceListing } from './resources/listing.ts'
import { taskListing } from './tasks/listing.ts'
import { noteListing } from './notes/listing.ts'
import { communicationListing } from './communications/listing.ts'
import { attachmentListing } from './attachments/listing.ts'
import { accountListing } from './accounts/listing.ts'
import { catalogItemListing } from './catalog-items/listing.ts'
import { contactListing } from './contacts/listing.ts'
import { contractListing } from './contracts/listing.ts'
import { invoiceListing } from './invoices/listing.ts'
import { paymentListing } from './payments/listing.ts'
import { quoteListing } from './quotes/listing.ts'
import { locationListing } from './locations/listing.ts'
import { readAbout } from './about/read-about.ts'
import { readTimeline } from './records/timeline.ts'
import { readBoard } from './opportunities/board.ts'
import { opportunityListing } from './opportunities/listing.ts'
import { DashboardReader } from './dashboard/repository.ts'
import { useFilledDatabase } from './plans.fixture.ts'
import type { RecordRepository } from './records/every-record.fixture.ts'
import { ownOnly } from './records/kinds.fixture.ts'
import { LimitedExecutor } from './row-access/limited-executor.ts'

const database = useFilledDatabase()

interface List {
  sorts: readonly (keyof typeof indexOf)[]
  /** The indexes that hold the texts a search looks into. */
  searched: readonly string[]
  page: (executor: Executor, query: object) => Promise<Page<{ id: string }>>
}

const indexOf = {
  name: 'by_name',
  updatedAt: 'recent',
  createdAt: 'by_created',
  status: 'by_status',
  city: 'by_city',
  amount: 'by_amount',
  byteSize: 'by_size',
  expectedCloseOn: 'by_close',
  price: 'by_price',
  startsAt: 'by_start',
  dueOn: 'by_due',
  queue: 'by_queue',
  wantedOn: 'by_wanted',
  occurredAt: 'by_time',
  number: 'by_number',
  title: 'by_title',
  total: 'by_total',
  validUntil: 'by_valid_until',
}

const lists: Record<RecordRepository, List> = {
  accounts: {
    sorts: AccountSort.options,
    searched: ['accounts_search'],
    page: (executor, query) => accountListing.page(executor, AccountListQuery.parse(query)),
  },
  contacts: {
    sorts: ContactSort.options,
    searched: ['contacts_search', 'contact_points_once'],
    page: (executor, query) => contactListing.page(executor, ContactListQuery.parse(query)),
  },
  opportunities: {
    sorts: OpportunitySort.options,
    searched: ['opportunities_search'],
    page: (executor, query) => opportunityListing.page(executor, OpportunityListQuery.parse(query)),
  },
  locations: {
    sorts: LocationSort.options,
    searched: ['locations_search'],
    page: (executor, query) => locationListing.page(executor, LocationListQuery.parse(query)),
  },
  leads: {
    sorts: LeadSort.options,
    searched: ['leads_search'],
    page: (executor, query) => leadListing.page(executor, LeadListQuery.parse(query)),
  },
  events: {
    sorts: EventSort.options,
    searched: ['events_search'],
    page: (executor, query) => eventListing.page(executor, EventListQuery.parse(query)),
  },
  eventDates: {
    sorts: EventDateSort.options,
    searched: ['event_dates_search'],
    page: (executor, query) => eventDateListing.page(executor, EventDateListQuery.parse(query)),
  },
  resources: {
    sorts: ResourceSort.options,
    searched: ['resources_search'],
    page: (executor, query) => resourceListing.page(executor, ResourceListQuery.parse(query)),
  },
  tasks: {
    sorts: TaskSort.options,
    searched: ['tasks_search'],
    page: (executor, query) => taskListing.page(executor, TaskListQuery.parse(query)),
  },
  notes: {
    sorts: NoteSort.options,
    searched: ['notes_search'],
    page: (executor, query) => noteListing.page(executor, NoteListQuery.parse(query)),
  },
  attachments: {
    sorts: AttachmentSort.options,
    searched: ['attachments_search'],
    page: (executor, query) => attachmentListing.page(executor, AttachmentListQuery.parse(query)),
  },
  communications: {
    sorts: CommunicationSort.options,
    searched: ['communications_search'],
    page: (executor, query) => communicationListing.page(executor, CommunicationListQuery.parse(query)),
  },
  catalogItems: {
    sorts: CatalogItemSort.options,
    searched: ['catalog_items_search'],
    page: (executor, query) => catalogItemListing.page(executor, CatalogItemListQuery.parse(query)),
  },
  quotes: {
    sorts: QuoteSort.options,
    searched: ['quotes_search'],
    page: (executor, query) => quoteListing.page(executor, QuoteListQuery.parse(query)),
  },
  contracts: {
    sorts: ContractSort.options,
    searched: ['contracts_search'],
    page: (executor, query) => contractListing.page(executor, ContractListQuery.parse(query)),
  },
  invoices: {
    sorts: InvoiceSort.options,
    searched: ['invoices_search'],
    page: (executor, query) => invoiceListing.page(executor, InvoiceListQuery.parse(query)),
  },
}
const named = Object.entries(lists).map(([repository, list]) => ({ name: tableOf(repository), ...list }))
const orders = named.flatMap(({ name, sorts, page }) => sorts.map((sort) => ({ name, sort, page })))

/** `catalogItems` to `catalog_items`. */
function tableOf(repository: string): string {
  return repository.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

test.each(orders)('any page of $name by $sort walks its index and sorts nothing', async ({ name, sort, page }) => {
  const index = `using ${name}_${indexOf[sort]}`
  for (const order of ['asc', 'desc']) {
    const first = await database.explain((executor) => page(executor, { sort, order }))
    expect(first).toContain(index)
    expect(first).not.toContain(`Sort Key: ${name}.`)
    const { nextCursor: cursor } = await page(database.reader, { sort, order, limit: 200 })
    const next = await database.explain((executor) => page(executor, { sort, order, cursor }))
    expect(next).toContain(index)
    expect(next).not.toContain(`Sort Key: ${name}.`)
    // The place in the list is where the index scan begins, not a filter over all rows before it.
    expect(next).toMatch(/Index Cond: .*ROW\(/)
  }
})

test.each(named)('a search in $name reads texts from an index and no row', async ({ searched, page }) => {
  // Of two letters, which make no part of a text that `searchTexts` has.
  const plan = await database.explain((executor) => page(executor, { search: 'ze' }))
  expect(plan.match(/\S* ?\S* ?Scan using \w+/g)).toEqual(searched.map((index) => `Index Only Scan using ${index}`))
})

test.each([
  ['accounts', 'ount 1999', 11],
  ['contacts', 't 4999', 1],
  ['opportunities', 'ing 4999', 1],
  ['accounts', 'zebra', 0],
])(
  'of %s a search for «%s» looks at a hundred texts, and then at hardly more than have it',
  async (source, sought, held) => {
    const [answer] = await database.reader.run(lookedAt(source), { sought })
    expect(answer).toMatchObject({ found: held, walked: 0 })
    expect(answer?.fetched).toBeLessThan(130)
  },
)

test.each(named.filter(({ name }) => ['accounts', 'contacts', 'opportunities'].includes(name)))(
  'a search in $name is one statement: found rows are read by their keys, and the order is walked when the index leaves it to that',
  async ({ name, page }) => {
    const plan = await database.explain((executor) => page(executor, { search: 'zebra', sort: 'name' }))
    expect(plan.match(/^Limit/gm)).toHaveLength(1)
    expect(plan).toMatch(new RegExp(`Index Scan using ${name}_(pkey|search) on .*\\n.*Index Cond: .*id = ANY`))
    expect(plan).toMatch(/One-Time Filter: .*_with_text\(.* IS NULL/)
    expect(plan).toContain(`Index Scan using ${name}_by_name`)
    expect(plan).not.toContain(`Seq Scan on ${name}`)
    for (let count = 0; count < 10; count++) await page(database.reader, { search: 'zebra', sort: 'name' })
    const [plans] = await database.reader.run(plansOfSearch, { like: `%${name}_with_text%limit 51` })
    expect(Number(plans?.generic)).toBeGreaterThanOrEqual(5)
  },
)

const plansOfSearch = statement<{ like: string }, { generic: string }>((db) =>
  db.execute<{ generic: string }>(sql`
    select generic_plans as generic from pg_prepared_statements
    where statement like ${sql.placeholder('like')} and statement not like '%pg_prepared_statements%'`),
)

/** How many texts a search has read, by what Postgres counts within a statement. */
function lookedAt(source: string) {
  return statement<{ sought: string }, { found: number; walked: number; fetched: number }>((db) =>
    db.execute<{ found: number; walked: number; fetched: number }>(sql`
      select cardinality(crm.${sql.identifier(`${source}_with_text`)}(${sql.placeholder('sought')})) as found,
        pg_stat_get_xact_tuples_returned('crm.search_texts'::regclass)::integer as walked,
        pg_stat_get_xact_tuples_fetched('crm.search_texts'::regclass)::integer as fetched`),
  )
}

test.each(named)(
  'the archive and the bin of $name are read without the rows outside of them',
  async ({ name, page }) => {
    expect(await database.explain((executor) => page(executor, { show: 'archived' }))).toContain(`${name}_archive`)
    expect(await database.explain((executor) => page(executor, { show: 'deleted' }))).toContain(`${name}_bin`)
  },
)

const payments: List & { name: string } = {
  name: 'payments',
  sorts: [],
  searched: [],
  page: (executor, query) =>
    paymentListing.page(executor, { ...PaymentListQuery.parse(query), show: 'active' as const }),
}
/** The indexes by which rows are found by whose they are: those that are counted first, and those that follow. */
const byOwner = ['accounts', 'contacts', 'leads', 'opportunities', 'events'].map((table) => `${table}_by_owner`)
const ownIndexes: Record<string, { counted: string[]; followed?: string[] }> = {
  ...byName(['accounts', 'contacts', 'opportunities', 'leads', 'events', 'tasks'], (name) => ({
    counted: [`${name}_by_owner`],
  })),
  ...byName(['notes'], (name) => ({ counted: [`${name}_by_author`] })),
  attachments: {
    counted: ['attachments_by_author', 'communications_by_author', ...byOwner],
    followed: ['attachments_by_communication'],
  },
  communications: {
    counted: ['communications_by_author', ...byOwner, 'quotes_by_author', 'contracts_by_author', 'invoices_by_author'],
    followed: ['accounts', 'contacts', 'leads', 'opportunities', 'events', 'quotes', 'contracts', 'invoices'].map(
      (table) => `record_links_by_${table.slice(0, -1).replace('opportunitie', 'opportunity')}`,
    ),
  },
  ...byName(['quotes', 'contracts'], (name) => ({
    counted: [`${name}_by_author`, 'accounts_by_owner'],
    followed: [`${name}_by_account`],
  })),
  invoices: {
    counted: ['invoices_by_author', 'accounts_by_owner'],
    followed: ['invoices_by_account', 'invoices_by_credited'],
  },
  payments: {
    counted: ['payments_by_author', 'accounts_by_owner', 'invoices_by_author'],
    followed: ['payments_by_account', 'invoices_by_credited', 'payment_allocations_by_invoice', 'payments_by_refunded'],
  },
  event_dates: {
    counted: ['events_by_owner', 'opportunities_by_owner'],
    followed: ['event_dates_of_event', 'event_dates_of_opportunity'],
  },
}
const owned = [...named, payments].flatMap((list) => {
  const indexes = ownIndexes[list.name]
  const sorts = list === payments ? PaymentSort.options : list.sorts
  return indexes === undefined ? [] : [{ ...list, sorts, counted: indexes.counted, followed: indexes.followed ?? [] }]
})

function byName<Value>(names: string[], of: (name: string) => Value): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, of(name)]))
}

test.each(owned)(
  'a limited member’s own rows among all $name are found by whose they are, and then by their keys',
  async ({ name, sorts, page, counted, followed }) => {
    const found = [{ ids: `{${randomUUID()}}` }]
    for (const sort of sorts) {
      const plan = await database.explain(
        (executor) => page(new LimitedExecutor(executor, ownOnly(randomUUID())), { sort, search: 'zebra' }),
        [found],
      )
      // The index of the search begins with the key, and holds the text too.
      const finding = `Index( Only)? Scan using (${[...counted, ...followed].join('|')})`
      const keys = `Index Scan using ${name}_(pkey|search)`
      const scans = plan.match(new RegExp(`\\w+ (Only )?Scan using ${name}_\\w+`, 'g')) ?? []
      expect(scans.filter((scan) => !new RegExp(`^(${finding}|${keys})$`).test(scan))).toEqual([])
      for (const index of counted) expect(plan).toContain(`Index Only Scan using ${index}`)
      for (const index of followed) expect(plan).toMatch(new RegExp(`Scan (using|on) ${index}`))
      expect(plan).toMatch(new RegExp(`${keys}.*\\n.*Index Cond: .*id = ANY`))
      expect(plan).not.toMatch(/Seq Scan on (accounts|events|opportunities|invoices|payment_allocations)/)
      expect(plan).not.toContain(`Seq Scan on ${name}`)
    }
  },
)

test('the board of a limited member reads their cards by their keys, and walks no stage', async () => {
  const found = [{ ids: `{${randomUUID()}}` }]
  const totals = [{ pipelineId: randomUUID(), stageId: randomUUID() }]
  const plan = await database.explain(
    (executor) => readBoard(new LimitedExecutor(executor, ownOnly(randomUUID())), OpportunityBoardQuery.parse({})),
    [found, totals],
  )
  expect(plan).toContain('Index Only Scan using opportunities_by_owner')
  expect(plan.match(/opportunities_(pkey|search) on .*\n.*Index Cond: .*id = ANY/g)).toHaveLength(2)
  expect(plan).not.toContain('opportunities_board')
  expect(plan).not.toContain('Seq Scan on opportunities')
})

test.each(PaymentSort.options)('any page of payments by %s walks its index and sorts nothing', async (sort) => {
  const page = (executor: Executor, cursor?: string | null) =>
    paymentListing.page(executor, {
      ...PaymentListQuery.parse({ sort, order: 'desc', limit: 200, cursor }),
      show: 'active',
    })
  const first = await database.explain((executor) => page(executor))
  const { nextCursor } = await page(database.reader)
  const next = await database.explain((executor) => page(executor, nextCursor))
  for (const plan of [first, next]) {
    expect(plan).toContain(`using ${sort === 'amount' ? 'payments_by_amount' : 'payments_by_received'}`)
    expect(plan).not.toContain('Sort Key: payments.')
  }
  expect(next).toMatch(/Index Cond: .*ROW\(/)
})

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

test('the board takes the first cards of each stage from their index', async () => {
  const totals = [{ pipelineId: randomUUID(), stageId: randomUUID() }]
  const plan = await database.explain(
    (executor) => readBoard(executor, OpportunityBoardQuery.parse({ limitPerStage: 50 })),
    [totals],
  )
  expect(plan).toContain('Index Scan using opportunities_board')
  expect(plan).not.toContain('Seq Scan on opportunities')
  const owned = await database.explain(
    (executor) => readBoard(executor, OpportunityBoardQuery.parse({ ownerId: randomUUID() })),
    [totals],
  )
  expect(owned).not.toContain('Seq Scan on opportunities')
})

test('a timeline is read from its index', async () => {
  const of = { entity: 'account', entityId: randomUUID() }
  const timeline = await database.explain((executor) => readTimeline(executor, of, { limit: 50 }))
  expect(timeline).toMatch(/Scan (Backward )?using record_changes_timeline/)
  expect(timeline).not.toContain('Seq Scan on record_changes')
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

test('what an invoice comes to is read for the invoices of a page, by its keys', async () => {
  const plan = await database.explain((executor) => lists.invoices.page(executor, { sort: 'number' }))
  expect(plan).toContain('payment_allocations_by_invoice')
  expect(plan).not.toMatch(/Seq Scan on (invoices|payments|payment_allocations)/)
})

test('a dashboard adds up from what is kept and from indexes, and finds what is next without what is over or done', async () => {
  const plan = await database.explain((executor) => new DashboardReader(executor).overview({ months: 12 }))
  for (const index of ['invoices_claimed', 'payments_settled', 'tasks_open']) {
    expect(plan).toContain(`Index Only Scan using ${index}`)
  }
  expect(plan).toContain('Index Scan using event_dates_by_start')
  expect(plan).toContain('Index Scan using tasks_open')
  expect(plan).toContain('opportunity_sums')
  expect(plan).toContain('Scan using payments_not_kept')
  expect(plan).toContain('invoice_sums')
  expect(plan).toMatch(/Index Scan using invoices_pkey on invoices.*\n.*Index Cond: .*id = o.invoice_id/)
  expect(plan).not.toMatch(/(Seq Scan|_by_invoice|HashAggregate) on payment_allocations/)
  expect(plan).not.toMatch(/Scan (using \w+ )?on opportunities/)
  expect(plan).not.toMatch(/Seq Scan on (tasks|event_dates|events)/)
})

test('a page of a usual size is planned once, not each time it is asked for', async () => {
  for (let count = 0; count < 10; count++) await lists.accounts.page(database.reader, { sort: 'status', limit: 50 })
  const [plans] = await database.reader.run(plansOfPages, {})
  expect(plans).toEqual({ custom: '0', generic: '10' })
})

const plansOfPages = statement<Record<string, never>, { custom: string; generic: string }>((db) =>
  db.execute<{ custom: string; generic: string }>(sql`
    select custom_plans as custom, generic_plans as generic from pg_prepared_statements
    where statement like '%"status" asc%limit 51'`),
)

// A place is where things happen: nothing is sold to it.
const sold = LinkedEntity.options.filter((entity) => entity !== 'location')

test.each(sold)('everything about one %s is found by what points at it, whatever else there is', async (entity) => {
  const plan = await database.explain((executor) =>
    readAbout(executor, AboutQuery.parse({ entity, id: randomUUID(), limit: 50 })),
  )
  expect(plan).toContain('record_changes_timeline')
  expect(plan).toContain('record_changes_steps')
  expect(plan).not.toMatch(
    /Seq Scan on (accounts|record_changes|record_links|opportunities|quotes|contracts|invoices|events|event_dates|notes)/,
  )
})
