import type { z } from 'zod'
import { Account, AccountListQuery } from './accounts.ts'
import { Attachment, AttachmentListQuery } from './attachments.ts'
import { CatalogItem, CatalogItemListQuery } from './catalog-items.ts'
import { Communication, CommunicationListQuery } from './communications.ts'
import { ContactListQuery, ContactSummary } from './contacts.ts'
import { ContractListed, ContractListQuery } from './contracts.ts'
import { CustomKey, customKeyOf } from './custom-values.ts'
import { EventDate, EventDateListQuery } from './event-dates.ts'
import { Event, EventListQuery } from './events.ts'
import { InvoiceListed, InvoiceListQuery } from './invoices.ts'
import { Lead, LeadListQuery } from './leads.ts'
import { Location, LocationListQuery } from './locations.ts'
import { Note, NoteListQuery } from './notes.ts'
import { Opportunity, OpportunityListQuery } from './opportunities.ts'
import { Payment, PaymentListQuery } from './payments.ts'
import { QuoteListed, QuoteListQuery } from './quotes.ts'
import { Resource, ResourceListQuery } from './resources.ts'
import { Task, TaskListQuery } from './tasks.ts'

interface ViewedList {
  /** What the list accepts. */
  query: z.ZodObject<{ sort: z.ZodDefault<z.ZodEnum>; filters: z.ZodDefault<z.ZodObject> }>
  /** What it shows of each row. */
  row: z.ZodObject
}

/** The lists of which a view can be saved, by the word of their records in the history. */
export const viewedLists = {
  account: { query: AccountListQuery, row: Account },
  contact: { query: ContactListQuery, row: ContactSummary },
  lead: { query: LeadListQuery, row: Lead },
  opportunity: { query: OpportunityListQuery, row: Opportunity },
  event: { query: EventListQuery, row: Event },
  event_date: { query: EventDateListQuery, row: EventDate },
  quote: { query: QuoteListQuery, row: QuoteListed },
  contract: { query: ContractListQuery, row: ContractListed },
  invoice: { query: InvoiceListQuery, row: InvoiceListed },
  payment: { query: PaymentListQuery, row: Payment },
  task: { query: TaskListQuery, row: Task },
  note: { query: NoteListQuery, row: Note },
  attachment: { query: AttachmentListQuery, row: Attachment },
  communication: { query: CommunicationListQuery, row: Communication },
  location: { query: LocationListQuery, row: Location },
  catalog_item: { query: CatalogItemListQuery, row: CatalogItem },
  resource: { query: ResourceListQuery, row: Resource },
} satisfies Record<string, ViewedList>

export type ViewedEntity = keyof typeof viewedLists

/** What a list shows in columns, but for custom fields, of which each is a column of its own: `custom.<key>`. */
export function columnsOf(entity: ViewedEntity): string[] {
  return Object.keys(viewedList(entity).row.shape).filter((column) => column !== 'custom')
}

/** Which custom fields there are is not asked here: a column of one that there is not is empty. */
export function isColumn(entity: ViewedEntity, column: string): boolean {
  const key = customKeyOf(column)
  if (key === undefined) return columnsOf(entity).includes(column)
  return Object.hasOwn(viewedList(entity).row.shape, 'custom') && CustomKey.safeParse(key).success
}

export function viewedList(entity: ViewedEntity): ViewedList {
  return viewedLists[entity]
}
