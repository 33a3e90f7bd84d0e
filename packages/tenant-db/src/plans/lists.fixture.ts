import type { Executor } from '@tenantry/connections/database'
import { LeadListQuery, LeadSort } from '@tenantry/contracts/leads'
import { EventListQuery, EventSort } from '@tenantry/contracts/events'
import { EventDateListQuery, EventDateSort } from '@tenantry/contracts/event-dates'
import { ResourceListQuery, ResourceSort } from '@tenantry/contracts/resources'
import { TaskListQuery, TaskSort } from '@tenantry/contracts/tasks'
import { NoteListQuery, NoteSort } from '@tenantry/contracts/notes'
import { CommunicationListQuery, CommunicationSort } from '@tenantry/contracts/communications'
import { AttachmentListQuery, AttachmentSort } from '@tenantry/contracts/attachments'
import { AccountListQuery, AccountSort } from '@tenantry/contracts/accounts'
import { CatalogItemListQuery, CatalogItemSort } from '@tenantry/contracts/catalog-items'
import { ContactListQuery, ContactSort } from '@tenantry/contracts/contacts'
import { ContractListQuery, ContractSort } from '@tenantry/contracts/contracts'
import { InvoiceListQuery, InvoiceSort } from '@tenantry/contracts/invoices'
import { PaymentListQuery } from '@tenantry/contracts/payments'
import { QuoteListQuery, QuoteSort } from '@tenantry/contracts/quotes'
import { LocationListQuery, LocationSort } from '@tenantry/contracts/locations'
import { OpportunityListQuery, OpportunitySort } from '@tenantry/contracts/opportunities'
import type { Page } from '@tenantry/contracts/pages'
import { leadListing } from '../leads/listing.ts'
import { eventListing } from '../events/listing.ts'
import { eventDateListing } from '../event-dates/listing.ts'
import { resourceListing } from '../resources/listing.ts'
import { taskListing } from '../tasks/listing.ts'
import { noteListing } from '../notes/listing.ts'
import { communicationListing } from '../communications/listing.ts'
import { attachmentListing } from '../attachments/listing.ts'
import { accountListing } from '../accounts/listing.ts'
import { catalogItemListing } from '../catalog-items/listing.ts'
import { contactListing } from '../contacts/listing.ts'
import { contractListing } from '../contracts/listing.ts'
import { invoiceListing } from '../invoices/listing.ts'
import { paymentListing } from '../payments/listing.ts'
import { quoteListing } from '../quotes/listing.ts'
import { locationListing } from '../locations/listing.ts'
import { opportunityListing } from '../opportunities/listing.ts'
import type { RecordRepository } from '../records/every-record.fixture.ts'

/** A list as its procedure asks for it. */
export interface List {
  sorts: readonly (keyof typeof indexOf)[]
  /** The indexes that hold the texts a search looks into. */
  searched: readonly string[]
  page: (executor: Executor, query: object) => Promise<Page<{ id: string }>>
}

/** Every list of records. */
export const lists: Record<RecordRepository, List> = {
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

/** Payments are no records: their pages have a test of their own. */
export const payments: List & { name: string } = {
  name: 'payments',
  sorts: [],
  searched: [],
  page: (executor, query) =>
    paymentListing.page(executor, { ...PaymentListQuery.parse(query), show: 'active' as const }),
}

/** The lists under the names of their tables. */
export const named = Object.entries(lists).map(([repository, list]) => ({ name: tableOf(repository), ...list }))

/** `catalogItems` to `catalog_items`. */
function tableOf(repository: string): string {
  return repository.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The end of the index that a sort walks. */
export const indexOf = {
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
