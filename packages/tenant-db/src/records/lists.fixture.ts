import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import { ContactListQuery } from '@tenantry/contracts/contacts'
import { OpportunityListQuery } from '@tenantry/contracts/opportunities'
import type { Count, Page } from '@tenantry/contracts/pages'
import { sql, type SQL } from 'drizzle-orm'
import type { TenantReader } from '../reader.ts'
import type { RecordRepository } from './every-record.fixture.ts'

interface AnyListed {
  id: string
  name?: string
  displayName?: string
}

/** A list as a test of all lists sees it. */
export interface AnyList {
  name: string
  /** What SQL sorts by for each order the contract offers. */
  orders: Record<string, SQL>
  page(db: TenantReader, query: object): Promise<Page<AnyListed>>
  count(db: TenantReader, query: object): Promise<Count>
  /** Inserts rows with ties in everything they can be sorted by and without what can be missing, in no order. */
  fill(executor: Executor): Promise<unknown>
  /** Inserts rows of these names. */
  insert(executor: Executor, names: readonly string[]): Promise<unknown>
}

const listOf: Record<RecordRepository, AnyList> = {
  accounts: {
    name: 'accounts',
    orders: {
      name: sql`name`,
      updatedAt: sql`updated_at`,
      createdAt: sql`created_at`,
      status: sql`status`,
      city: sql`coalesce(billing_city, '')`,
    } satisfies Record<AccountListQuery['sort'], SQL>,
    page: (db, query) => db.accounts.list(AccountListQuery.parse(query)),
    count: (db, query) => db.accounts.count(AccountListQuery.parse(query)),
    fill: (executor) => executor.run(fillAccounts, {}),
    insert: (executor, names) => executor.run(insertAccounts, { names: [...names] }),
  },
  contacts: {
    name: 'contacts',
    orders: { name: sql`display_name`, updatedAt: sql`updated_at`, createdAt: sql`created_at` } satisfies Record<
      ContactListQuery['sort'],
      SQL
    >,
    page: (db, query) => db.contacts.list(ContactListQuery.parse(query)),
    count: (db, query) => db.contacts.count(ContactListQuery.parse(query)),
    fill: (executor) => executor.run(fillContacts, {}),
    insert: (executor, names) => executor.run(insertContacts, { names: [...names] }),
  },
  opportunities: {
    name: 'opportunities',
    orders: {
      name: sql`name`,
      amount: sql`amount_minor`,
      expectedCloseOn: sql`coalesce(expected_close_on, 'infinity')`,
      updatedAt: sql`updated_at`,
      createdAt: sql`created_at`,
    } satisfies Record<OpportunityListQuery['sort'], SQL>,
    page: (db, query) => db.opportunities.list(OpportunityListQuery.parse(query)),
    count: (db, query) => db.opportunities.count(OpportunityListQuery.parse(query)),
    fill: (executor) => executor.run(fillOpportunities, {}),
    insert: (executor, names) => executor.run(insertOpportunities, { names: [...names] }),
  },
}
export const lists = Object.values(listOf)

const instants = sql`now() - n % 5 * interval '1 day', now() - n % 4 * interval '1 hour'`
const names = sql`(array['alder', 'Alder', 'Älder', 'birch', 'Birch & Söhne', '🎉 party', '100 % fun', '_'])[n % 8 + 1]`

const fillAccounts = statement<Record<string, never>, never>((db) =>
  db.execute(sql`
    insert into crm.accounts (name, status, billing_city, created_at, updated_at)
    select ${names}, (array['active', 'inactive', 'blocked'])[n % 3 + 1], (array['Bonn', 'Ulm', '', null])[n % 4 + 1], ${instants}
    from generate_series(1, 60) n`),
)

const fillContacts = statement<Record<string, never>, never>((db) =>
  db.execute(sql`
    insert into crm.contacts (first_name, created_at, updated_at) select ${names}, ${instants} from generate_series(1, 60) n`),
)

const fillOpportunities = statement<Record<string, never>, never>((db) =>
  db.execute(sql`
    insert into crm.opportunities (name, pipeline_id, stage_id, amount_minor, currency, probability, forecast_category,
      expected_close_on, created_at, updated_at)
    select ${names}, s.pipeline_id, s.id, n % 6 * 1000, 'EUR', 10, 'pipeline',
      (array['2027-01-01', '2027-02-01', null]::date[])[n % 3 + 1], ${instants}
    from generate_series(1, 60) n, crm.pipeline_stages s where s.position = 0`),
)

const given = sql`unnest(${sql.placeholder('names')}::text[]) given`

const insertAccounts = statement<{ names: string[] }, never>((db) =>
  db.execute(sql`insert into crm.accounts (name) select given from ${given}`),
)

const insertContacts = statement<{ names: string[] }, never>((db) =>
  db.execute(sql`insert into crm.contacts (last_name) select given from ${given}`),
)

const insertOpportunities = statement<{ names: string[] }, never>((db) =>
  db.execute(sql`
    insert into crm.opportunities (name, pipeline_id, stage_id, currency, probability, forecast_category)
    select given, s.pipeline_id, s.id, 'EUR', 10, 'pipeline' from ${given}, crm.pipeline_stages s where s.position = 0`),
)
