import type { ExportQuery } from '@tenantry/contracts/exports'
import type { Page } from '@tenantry/contracts/pages'
import type { LimitedKind } from '@tenantry/contracts/record-access'
import type { ViewedEntity } from '@tenantry/contracts/viewed-lists'
import type { TenantReader } from '../planes.ts'

export type Read = <T>(work: (db: TenantReader) => Promise<T>) => Promise<T>

/** Rows that one look at the database brings. */
const pageRows = 200

/**
 * Every row of a list, a page at a time: each page is a read of its own, so nobody who reads slowly holds a connection, and
 * memory does not grow with the list. The caller's right to read ends a minute after it was granted.
 */
export async function* rowsOfList(read: Read, { list, query }: ExportQuery): AsyncGenerator<Record<string, unknown>> {
  for (let cursor: string | null = null; ;) {
    const asked = { ...query, cursor, limit: pageRows }
    const page: Page<object> = await read((db) => listOf(db, list).list(asked as never))
    // Objects of the contract: their fields are its columns.
    for (const row of page.rows) yield row as Record<string, unknown>
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}

/** Whose rows a list holds, as members are limited in them; one that is left out is everybody's. */
export const belongsTo: Partial<Record<ViewedEntity, LimitedKind>> = {
  account: 'account',
  contact: 'contact',
  lead: 'lead',
  opportunity: 'opportunity',
  event: 'event',
  event_date: 'event',
  quote: 'quote',
  contract: 'contract',
  invoice: 'invoice',
  payment: 'invoice',
  task: 'task',
  note: 'note',
  attachment: 'attachment',
  communication: 'communication',
}

const repositories = {
  account: 'accounts',
  contact: 'contacts',
  lead: 'leads',
  opportunity: 'opportunities',
  event: 'events',
  event_date: 'eventDates',
  quote: 'quotes',
  contract: 'contracts',
  invoice: 'invoices',
  payment: 'payments',
  task: 'tasks',
  note: 'notes',
  attachment: 'attachments',
  communication: 'communications',
  location: 'locations',
  catalog_item: 'catalogItems',
  resource: 'resources',
} as const satisfies Record<ViewedEntity, keyof TenantReader>

/** The query was parsed by the contract of this list. */
function listOf(db: TenantReader, list: ViewedEntity): { list(query: never): Promise<Page<object>> } {
  return db[repositories[list]]
}
