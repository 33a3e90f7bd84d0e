import type { Executor } from '@tenantry/connections/database'
import { statement } from '@tenantry/connections/statement'
import { AccountListQuery } from '@tenantry/contracts/accounts'
import { CatalogItemListQuery } from '@tenantry/contracts/catalog-items'
import { CommunicationListQuery } from '@tenantry/contracts/communications'
import { ContractListQuery } from '@tenantry/contracts/contracts'
import { InvoiceListQuery } from '@tenantry/contracts/invoices'
import { QuoteListQuery } from '@tenantry/contracts/quotes'
import { ContactListQuery } from '@tenantry/contracts/contacts'
import { EventDateListQuery } from '@tenantry/contracts/event-dates'
import { EventListQuery } from '@tenantry/contracts/events'
import { AttachmentListQuery } from '@tenantry/contracts/attachments'
import { LeadListQuery } from '@tenantry/contracts/leads'
import { LocationListQuery } from '@tenantry/contracts/locations'
import { NoteListQuery } from '@tenantry/contracts/notes'
import { OpportunityListQuery } from '@tenantry/contracts/opportunities'
import type { Count, Page } from '@tenantry/contracts/pages'
import { ResourceListQuery } from '@tenantry/contracts/resources'
import { TaskListQuery } from '@tenantry/contracts/tasks'
import { sql, type SQL } from 'drizzle-orm'
import type { TenantReader } from '../reader.ts'
import type { RecordRepository } from './every-record.fixture.ts'

interface AnyListed {
  id: string
  name?: string
  displayName?: string
  title?: string | null
  label?: string | null
  subject?: string | null
  poNumber?: string | null
  fileName?: string
}

/** What people call a row. */
export function headingOf({ name, displayName, title, label, subject, poNumber, fileName }: AnyListed): string {
  return name ?? displayName ?? title ?? label ?? subject ?? poNumber ?? fileName ?? ''
}

/** A text that the list can be sorted by. */
export function textSortOf({ orders }: AnyList): string {
  return Object.keys(orders)[0] ?? ''
}

/** A list as a test of all lists sees it. */
export interface AnyList {
  name: string
  /** What SQL sorts by for each order the contract offers, a text first. */
  orders: Record<string, SQL>
  page(db: TenantReader, query: object): Promise<Page<AnyListed>>
  count(db: TenantReader, query: object): Promise<Count>
  /** Inserts rows with ties in everything they can be sorted by and without what can be missing, in no order. */
  fill(executor: Executor): Promise<unknown>
  /** Inserts rows of these names. */
  insert(executor: Executor, names: readonly string[]): Promise<unknown>
}

const instants = sql`now() - n % 5 * interval '1 day', now() - n % 4 * interval '1 hour'`
const names = sql`(array['alder', 'Alder', 'Älder', 'birch', 'Birch & Söhne', '🎉 party', '100 % fun', '_'])[n % 8 + 1]`
const towns = sql`(array['Bonn', 'Ulm', '', null])[n % 4 + 1]`
const days = sql`(array['2027-01-01', '2027-02-01', null]::date[])[n % 3 + 1]`
const sixty = sql`generate_series(1, 60) n`
const given = sql`unnest(${sql.placeholder('names')}::text[]) given`
const documentOrders = {
  number: sql`number`,
  total: sql`total_minor`,
  updatedAt: sql`updated_at`,
  createdAt: sql`created_at`,
}
/** Documents are an account's; the list of accounts is filled first. */
const anAccount = sql`with account as (select id from crm.accounts order by id limit 1)`
const usualOrders = { name: sql`name`, updatedAt: sql`updated_at`, createdAt: sql`created_at` }

/** An INSERT, made when it is run; what it inserts may depend on `names`. */
function inserting(text: SQL) {
  const insert = statement<{ names: string[] }, never>((db) => db.execute(text))
  return (executor: Executor, names: readonly string[] = []) => executor.run(insert, { names: [...names] })
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
    fill: inserting(sql`insert into crm.accounts (name, status, billing_city, created_at, updated_at)
      select ${names}, (array['active', 'inactive', 'blocked'])[n % 3 + 1], ${towns}, ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.accounts (name) select given from ${given}`),
  },
  contacts: {
    name: 'contacts',
    orders: { name: sql`display_name`, updatedAt: sql`updated_at`, createdAt: sql`created_at` } satisfies Record<
      ContactListQuery['sort'],
      SQL
    >,
    page: (db, query) => db.contacts.list(ContactListQuery.parse(query)),
    count: (db, query) => db.contacts.count(ContactListQuery.parse(query)),
    fill: inserting(
      sql`insert into crm.contacts (first_name, created_at, updated_at) select ${names}, ${instants} from ${sixty}`,
    ),
    insert: inserting(sql`insert into crm.contacts (last_name) select given from ${given}`),
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
    fill: inserting(sql`
      insert into crm.opportunities (name, pipeline_id, stage_id, amount_minor, currency, probability, forecast_category,
        expected_close_on, created_at, updated_at)
      select ${names}, s.pipeline_id, s.id, n % 6 * 1000, 'EUR', 10, 'pipeline', ${days}, ${instants}
      from ${sixty}, crm.pipeline_stages s where s.position = 0`),
    insert: inserting(sql`
      insert into crm.opportunities (name, pipeline_id, stage_id, currency, probability, forecast_category)
      select given, s.pipeline_id, s.id, 'EUR', 10, 'pipeline' from ${given}, crm.pipeline_stages s where s.position = 0`),
  },
  locations: {
    name: 'locations',
    orders: { ...usualOrders, city: sql`coalesce(city, '')` } satisfies Record<LocationListQuery['sort'], SQL>,
    page: (db, query) => db.locations.list(LocationListQuery.parse(query)),
    count: (db, query) => db.locations.count(LocationListQuery.parse(query)),
    fill: inserting(sql`insert into crm.locations (name, time_zone, city, created_at, updated_at)
      select ${names}, 'UTC', ${towns}, ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.locations (name, time_zone) select given, 'UTC' from ${given}`),
  },
  leads: {
    name: 'leads',
    orders: {
      ...usualOrders,
      name: sql`display_name`,
      queue: sql`queue_rank`,
      wantedOn: sql`coalesce(wanted_on, 'infinity')`,
    } satisfies Record<LeadListQuery['sort'], SQL>,
    page: (db, query) => db.leads.list(LeadListQuery.parse(query)),
    count: (db, query) => db.leads.count(LeadListQuery.parse(query)),
    fill: inserting(sql`insert into crm.leads (last_name, status, wanted_on, created_at, updated_at)
      select ${names}, (array['new', 'contacted', 'qualified'])[n % 3 + 1], ${days}, ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.leads (last_name) select given from ${given}`),
  },
  events: {
    name: 'events',
    orders: {
      ...usualOrders,
      name: sql`title`,
      startsAt: sql`coalesce(first_starts_at, 'infinity')`,
    } satisfies Record<EventListQuery['sort'], SQL>,
    page: (db, query) => db.events.list(EventListQuery.parse(query)),
    count: (db, query) => db.events.count(EventListQuery.parse(query)),
    fill: inserting(sql`
      insert into crm.events (title, event_type, account_id, time_zone, first_starts_at, created_at, updated_at)
      select ${names}, '-', (select id from crm.accounts limit 1), 'UTC', ${days}, ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.events (title, event_type, account_id, time_zone)
      select given, '-', (select id from crm.accounts limit 1), 'UTC' from ${given}`),
  },
  eventDates: {
    name: 'event_dates',
    orders: { ...usualOrders, name: sql`coalesce(label, '')`, startsAt: sql`starts_at` } satisfies Record<
      EventDateListQuery['sort'],
      SQL
    >,
    page: (db, query) => db.eventDates.list(EventDateListQuery.parse(query)),
    count: (db, query) => db.eventDates.count(EventDateListQuery.parse(query)),
    fill: inserting(sql`
      insert into crm.event_dates (label, opportunity_id, local_date, start_time, end_time, time_zone, created_at, updated_at)
      select ${names}, (select id from crm.opportunities limit 1), date '2027-01-01' + n % 5, '10:00', '11:00', 'UTC',
        ${instants} from ${sixty}`),
    insert: inserting(sql`
      insert into crm.event_dates (label, opportunity_id, local_date, start_time, end_time, time_zone)
      select given, (select id from crm.opportunities limit 1), '2027-01-01', '10:00', '11:00', 'UTC' from ${given}`),
  },
  resources: {
    name: 'resources',
    orders: usualOrders satisfies Record<ResourceListQuery['sort'], SQL>,
    page: (db, query) => db.resources.list(ResourceListQuery.parse(query)),
    count: (db, query) => db.resources.count(ResourceListQuery.parse(query)),
    fill: inserting(sql`insert into crm.resources (name, kind, created_at, updated_at)
      select ${names}, 'staff', ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.resources (name, kind) select given, 'staff' from ${given}`),
  },
  tasks: {
    name: 'tasks',
    orders: { ...usualOrders, name: sql`title`, dueOn: sql`coalesce(due_on, 'infinity')` } satisfies Record<
      TaskListQuery['sort'],
      SQL
    >,
    page: (db, query) => db.tasks.list(TaskListQuery.parse(query)),
    count: (db, query) => db.tasks.count(TaskListQuery.parse(query)),
    fill: inserting(sql`insert into crm.tasks (title, due_on, created_at, updated_at)
      select ${names}, ${days}, ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.tasks (title) select given from ${given}`),
  },
  notes: {
    name: 'notes',
    orders: { ...usualOrders, name: sql`coalesce(title, '')` } satisfies Record<NoteListQuery['sort'], SQL>,
    page: (db, query) => db.notes.list(NoteListQuery.parse(query)),
    count: (db, query) => db.notes.count(NoteListQuery.parse(query)),
    fill: inserting(sql`insert into crm.notes (title, body_md, created_at, updated_at)
      select ${names}, '-', ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.notes (title, body_md) select given, '-' from ${given}`),
  },
  attachments: {
    name: 'attachments',
    orders: { ...usualOrders, name: sql`file_name`, byteSize: sql`byte_size` } satisfies Record<
      AttachmentListQuery['sort'],
      SQL
    >,
    page: (db, query) => db.attachments.list(AttachmentListQuery.parse(query)),
    count: (db, query) => db.attachments.count(AttachmentListQuery.parse(query)),
    fill: inserting(sql`
      insert into crm.attachments (file_name, storage_key, byte_size, media_type, state, created_at, updated_at)
      select ${names}, gen_random_uuid(), n % 7, 'text/plain', 'ready', ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.attachments (file_name, storage_key, byte_size, media_type, state)
      select given, gen_random_uuid(), 1, 'text/plain', 'ready' from ${given}`),
  },
  communications: {
    name: 'communications',
    orders: { ...usualOrders, name: sql`coalesce(subject, '')`, occurredAt: sql`occurred_at` } satisfies Record<
      CommunicationListQuery['sort'],
      SQL
    >,
    page: (db, query) => db.communications.list(CommunicationListQuery.parse(query)),
    count: (db, query) => db.communications.count(CommunicationListQuery.parse(query)),
    fill: inserting(sql`
      insert into crm.communications (subject, channel, direction, occurred_at, created_at, updated_at)
      select ${names}, 'call', 'inbound', now() - n % 7 * interval '1 hour', ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.communications (subject, channel, direction, occurred_at)
      select given, 'call', 'inbound', now() from ${given}`),
  },
  catalogItems: {
    name: 'catalog_items',
    orders: { ...usualOrders, price: sql`price_minor` } satisfies Record<CatalogItemListQuery['sort'], SQL>,
    page: (db, query) => db.catalogItems.list(CatalogItemListQuery.parse(query)),
    count: (db, query) => db.catalogItems.count(CatalogItemListQuery.parse(query)),
    fill: inserting(sql`insert into crm.catalog_items (name, kind, price_minor, currency, created_at, updated_at)
      select ${names}, 'service', n % 6 * 1000, 'EUR', ${instants} from ${sixty}`),
    insert: inserting(sql`insert into crm.catalog_items (name, kind, price_minor, currency)
      select given, 'service', 100, 'EUR' from ${given}`),
  },
  quotes: {
    name: 'quotes',
    orders: { ...documentOrders, validUntil: sql`coalesce(valid_until, 'infinity')` } satisfies Record<
      QuoteListQuery['sort'],
      SQL
    >,
    page: (db, query) => db.quotes.list(QuoteListQuery.parse(query)),
    count: (db, query) => db.quotes.count(QuoteListQuery.parse(query)),
    fill: inserting(sql`${anAccount}
      insert into crm.quotes (number, revision, title, account_id, currency, subtotal_minor, total_minor, valid_until,
        created_at, updated_at)
      select 'Q-' || n % 20, n, ${names}, a.id, 'EUR', n % 6 * 1000, n % 6 * 1000, ${days}, ${instants}
      from ${sixty}, account a`),
    insert: inserting(sql`${anAccount}
      insert into crm.quotes (number, revision, title, account_id, currency)
      select '#', row_number() over () + (select count(*) from crm.quotes), given, a.id, 'EUR' from ${given}, account a`),
  },
  contracts: {
    name: 'contracts',
    orders: {
      title: sql`title`,
      number: sql`number`,
      updatedAt: sql`updated_at`,
      createdAt: sql`created_at`,
    } satisfies Record<ContractListQuery['sort'], SQL>,
    page: (db, query) => db.contracts.list(ContractListQuery.parse(query)),
    count: (db, query) => db.contracts.count(ContractListQuery.parse(query)),
    fill: inserting(sql`${anAccount}
      insert into crm.contracts (number, title, account_id, body_html, body_sha256, created_at, updated_at)
      select '#' || n, ${names}, a.id, '', '', ${instants} from ${sixty}, account a`),
    insert: inserting(sql`${anAccount}
      insert into crm.contracts (number, title, account_id, body_html, body_sha256)
      select chr(20000 + (row_number() over () + (select count(*) from crm.contracts))::integer), given, a.id, '', ''
      from ${given}, account a`),
  },
  invoices: {
    name: 'invoices',
    orders: {
      ...documentOrders,
      number: sql`coalesce(number, '')`,
      dueOn: sql`coalesce(due_on, 'infinity')`,
    } satisfies Record<InvoiceListQuery['sort'], SQL>,
    page: (db, query) => db.invoices.list(InvoiceListQuery.parse(query)),
    count: (db, query) => db.invoices.count(InvoiceListQuery.parse(query)),
    fill: inserting(sql`${anAccount}
      insert into crm.invoices (number, po_number, account_id, currency, subtotal_minor, total_minor, due_on, created_at,
        updated_at)
      select case when n % 3 > 0 then 'INV-' || n end, ${names}, a.id, 'EUR', n % 6 * 1000, n % 6 * 1000, ${days}, ${instants}
      from ${sixty}, account a`),
    insert: inserting(sql`${anAccount}
      insert into crm.invoices (po_number, account_id, currency) select given, a.id, 'EUR' from ${given}, account a`),
  },
}
export const lists = Object.values(listOf)
