import { openAdminLink, type AdminLink } from '@tenantry/connections/admin'
import { openDatabase, type Executor } from '@tenantry/connections/database'
import { openPool, type Pool } from '@tenantry/connections/pool'
import { AccountListQuery, AccountSort } from '@tenantry/contracts/accounts'
import { ContactListQuery, ContactSort } from '@tenantry/contracts/contacts'
import { OpportunityListQuery, OpportunitySort } from '@tenantry/contracts/opportunities'
import { createTenantDatabase, type TenantDatabase } from '@tenantry/testing/tenant-database'
import { mainServer } from '@tenantry/vitest-config/servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountListing } from './accounts/listing.ts'
import { contactListing } from './contacts/listing.ts'
import { opportunityListing } from './opportunities/listing.ts'

let database: TenantDatabase
/** Both in the role that serves requests, under row security. */
let link: AdminLink
let pool: Pool

beforeAll(async () => {
  database = await createTenantDatabase(mainServer(), 2)
  for (const tenant of database.tenants) await fill(tenant.app)
  await using admin = await openAdminLink(database.admin)
  await admin.run('vacuum analyze crm.accounts, crm.contacts, crm.opportunities, crm.member_refs, crm.pipeline_stages')
  const [mine] = database.tenants
  if (!mine) throw new Error('two tenants were asked for')
  link = await openAdminLink(mine.app)
  pool = openPool(mine.app)
})
afterAll(async () => {
  await Promise.all([link.close(), pool.close()])
  await database.drop()
})

const lists = [
  ...AccountSort.options.map((sort) => ({
    list: 'accounts',
    sort,
    index: `accounts_${{ name: 'by_name', updatedAt: 'recent', createdAt: 'by_created', status: 'by_status', city: 'by_city' }[sort]}`,
    page: (executor: Executor, more: object) =>
      accountListing.page(executor, AccountListQuery.parse({ sort, ...more })),
  })),
  ...ContactSort.options.map((sort) => ({
    list: 'contacts',
    sort,
    index: `contacts_${{ name: 'by_name', updatedAt: 'recent', createdAt: 'by_created' }[sort]}`,
    page: (executor: Executor, more: object) =>
      contactListing.page(executor, ContactListQuery.parse({ sort, ...more })),
  })),
  ...OpportunitySort.options.map((sort) => ({
    list: 'opportunities',
    sort,
    index: `opportunities_${{ name: 'by_name', amount: 'by_amount', expectedCloseOn: 'by_close', updatedAt: 'recent', createdAt: 'by_created' }[sort]}`,
    page: (executor: Executor, more: object) =>
      opportunityListing.page(executor, OpportunityListQuery.parse({ sort, ...more })),
  })),
]

test.each(lists)('any page of $list by $sort walks its index and sorts nothing', async ({ list, page, index }) => {
  for (const order of ['asc', 'desc']) {
    const first = await explain((executor) => page(executor, { order }))
    expect(first).toContain(`using ${index}`)
    expect(first).not.toContain(`Sort Key: ${list}.`)
    const { nextCursor: cursor } = await page(openDatabase(pool).reader, { order, limit: 200 })
    const next = await explain((executor) => page(executor, { order, cursor }))
    expect(next).toContain(`using ${index}`)
    expect(next).not.toContain(`Sort Key: ${list}.`)
    // The place in the list is where the index scan begins, not a filter over all rows before it.
    expect(next).toMatch(/Index Cond: .*ROW\(/)
  }
})

/** The plan of the statement that `work` runs. */
async function explain(work: (executor: Executor) => Promise<unknown>): Promise<string> {
  const plans: string[] = []
  const explaining: Pick<Executor, 'run'> = {
    run: async (statement, parameters) => {
      await statement.send(async (text, values) => {
        const lines = await link.run<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
        plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
        return []
      }, parameters)
      return []
    },
  }
  await work(explaining as Executor)
  return plans.join('\n')
}

/** Enough rows for the planner to prefer an index. */
async function fill(target: Parameters<typeof openAdminLink>[0]): Promise<void> {
  await using link = await openAdminLink(target)
  await link.run(`
    insert into crm.member_refs (user_id, display_name) select gen_random_uuid(), 'Member ' || n from generate_series(1, 20) n;
    insert into crm.accounts (name, status, billing_city, created_at, updated_at)
      select 'Account ' || n, (array['active', 'inactive', 'blocked'])[n % 3 + 1], 'City ' || n % 500,
        now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, 20000) n;
    insert into crm.contacts (first_name, last_name, created_at, updated_at)
      select 'First ' || n, 'Last', now() - n * interval '1 minute', now() - n * interval '1 minute' from generate_series(1, 5000) n;
    insert into crm.pipelines (name, is_default) values ('Sales', true);
    insert into crm.pipeline_stages (pipeline_id, name, position, kind, probability, forecast_category)
      select id, 'Inquiry', 0, 'open', 10, 'pipeline' from crm.pipelines;
    insert into crm.opportunities (name, pipeline_id, stage_id, amount_minor, currency, probability, forecast_category,
        expected_close_on, created_at, updated_at, board_rank)
      select 'Wedding ' || n, s.pipeline_id, s.id, n * 100, 'USD', 10, 'pipeline', date '2027-01-01' + n % 700,
        now() - n * interval '1 minute', now() - n * interval '1 minute', 'n' || n
      from generate_series(1, 5000) n, crm.pipeline_stages s;`)
}
