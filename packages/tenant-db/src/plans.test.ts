import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { AccountListQuery, AccountSort } from '@tenantry/contracts/accounts'
import { ContactListQuery, ContactSort } from '@tenantry/contracts/contacts'
import { OpportunityListQuery, OpportunitySort } from '@tenantry/contracts/opportunities'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accountListing } from './accounts/listing.ts'
import { contactListing } from './contacts/listing.ts'
import { opportunityListing } from './opportunities/listing.ts'
import { useFilledDatabase } from './plans.fixture.ts'

const database = useFilledDatabase()

const pages = {
  accounts: (executor: Executor, query: object) => accountListing.page(executor, AccountListQuery.parse(query)),
  contacts: (executor: Executor, query: object) => contactListing.page(executor, ContactListQuery.parse(query)),
  opportunities: (executor: Executor, query: object) =>
    opportunityListing.page(executor, OpportunityListQuery.parse(query)),
}

const indexOf = {
  name: 'by_name',
  updatedAt: 'recent',
  createdAt: 'by_created',
  status: 'by_status',
  city: 'by_city',
  amount: 'by_amount',
  expectedCloseOn: 'by_close',
}

const orders = [
  ...AccountSort.options.map((sort) => ({ list: 'accounts', sort }) as const),
  ...ContactSort.options.map((sort) => ({ list: 'contacts', sort }) as const),
  ...OpportunitySort.options.map((sort) => ({ list: 'opportunities', sort }) as const),
]

test.each(orders)('any page of $list by $sort walks its index and sorts nothing', async ({ list, sort }) => {
  const index = `using ${list}_${indexOf[sort]}`
  for (const order of ['asc', 'desc']) {
    const first = await database.explain((executor) => pages[list](executor, { sort, order }))
    expect(first).toContain(index)
    expect(first).not.toContain(`Sort Key: ${list}.`)
    const { nextCursor: cursor } = await pages[list](database.reader, { sort, order, limit: 200 })
    const next = await database.explain((executor) => pages[list](executor, { sort, order, cursor }))
    expect(next).toContain(index)
    expect(next).not.toContain(`Sort Key: ${list}.`)
    // The place in the list is where the index scan begins, not a filter over all rows before it.
    expect(next).toMatch(/Index Cond: .*ROW\(/)
  }
})

test.each([
  { list: 'accounts', indexes: ['accounts_search'] },
  { list: 'contacts', indexes: ['contacts_search', 'contact_points_once'] },
  { list: 'opportunities', indexes: ['opportunities_search'] },
] as const)('a search in $list reads texts from an index and no row', async ({ list, indexes }) => {
  const plan = await database.explain((executor) => pages[list](executor, { search: 'zebra' }))
  expect(plan.match(/\S* ?\S* ?Scan using \w+/g)).toEqual(indexes.map((index) => `Index Only Scan using ${index}`))
})

test.each(['accounts', 'contacts', 'opportunities'] as const)(
  'the archive and the bin of %s are read without the rows outside of them',
  async (list) => {
    expect(await database.explain((executor) => pages[list](executor, { show: 'archived' }))).toContain(
      `${list}_archive`,
    )
    expect(await database.explain((executor) => pages[list](executor, { show: 'deleted' }))).toContain(`${list}_bin`)
  },
)

test('a page of a usual size is planned once, not each time it is asked for', async () => {
  for (let count = 0; count < 10; count++) await pages.accounts(database.reader, { sort: 'status', limit: 50 })
  const [plans] = await database.reader.run(plansOfPages, {})
  expect(plans).toEqual({ custom: '0', generic: '10' })
})

const plansOfPages = statement<Record<string, never>, { custom: string; generic: string }>((db) =>
  db.execute<{ custom: string; generic: string }>(sql`
    select custom_plans as custom, generic_plans as generic from pg_prepared_statements
    where statement like '%"status" asc%limit 51'`),
)
