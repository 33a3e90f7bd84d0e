import type { LinkedEntity } from '@tenantry/contracts/record-links'
import { sql, type SQL } from 'drizzle-orm'
import { contracts } from '../contracts/table.ts'
import { eventDates } from '../event-dates/table.ts'
import { events } from '../events/table.ts'
import { invoices } from '../invoices/table.ts'
import { leads } from '../leads/table.ts'
import { opportunities } from '../opportunities/table.ts'
import { quotes } from '../quotes/table.ts'
import { literal } from '../records/literal.ts'

/** Records whose key steps stand in the timeline of another one. */
export interface Related {
  /** Their word in the history. */
  entity: 'opportunity' | 'event' | 'event_date' | 'quote' | 'contract' | 'invoice'
  /** Their `id` and what each is called, by what they point at. */
  rows: SQL
}

/** Of one kind the newest of a record count: whoever has had more looks at their list. */
const most = literal(500)
const id = sql.placeholder('id')

const rowsOf = (table: SQL, name: SQL, where: SQL) =>
  sql`select r.id, ${name} as name from ${table} r where ${where} and r.deleted_at is null order by r.id desc limit ${most}`

const datesBy = (where: SQL): Related => ({
  entity: 'event_date',
  rows: rowsOf(sql`${eventDates}`, sql`coalesce(r.label, r.local_date::text)`, where),
})
const opportunitiesBy = (where: SQL): Related => ({
  entity: 'opportunity',
  rows: rowsOf(sql`${opportunities}`, sql`r.name`, where),
})
const eventsBy = (where: SQL): Related => ({ entity: 'event', rows: rowsOf(sql`${events}`, sql`r.title`, where) })
const quotesBy = (where: SQL): Related => ({ entity: 'quote', rows: rowsOf(sql`${quotes}`, sql`r.number`, where) })
const contractsBy = (where: SQL): Related => ({
  entity: 'contract',
  rows: rowsOf(sql`${contracts}`, sql`r.number`, where),
})
const invoicesBy = (where: SQL): Related => ({
  entity: 'invoice',
  rows: rowsOf(sql`${invoices}`, sql`r.number`, where),
})
const inSet = (column: SQL, ids: SQL) => sql`${column} in (${ids})`
const ofQuotes = (quotesOf: SQL) => inSet(sql`r.quote_id`, quotesOf)

const opportunitiesOfContact = sql`select o.id from ${opportunities} o where o.contact_id = ${id}`
const quotesOfOpportunity = sql`select q.id from ${quotes} q where q.opportunity_id = ${id}`
const quoteOf = (table: SQL) => sql`select d.quote_id from ${table} d where d.id = ${id}`
const ofAccount = sql`r.account_id = ${id}`
const ofEvent = sql`r.event_id = ${id}`

/** What is sold and what follows from it, each way by an index. */
export const related: Record<LinkedEntity, Related[]> = {
  account: [
    opportunitiesBy(ofAccount),
    eventsBy(ofAccount),
    quotesBy(ofAccount),
    contractsBy(ofAccount),
    invoicesBy(ofAccount),
  ],
  contact: [
    opportunitiesBy(sql`r.contact_id = ${id}`),
    eventsBy(sql`r.contact_id = ${id}`),
    quotesBy(inSet(sql`r.opportunity_id`, opportunitiesOfContact)),
  ],
  lead: [opportunitiesBy(inSet(sql`r.id`, sql`select l.converted_opportunity_id from ${leads} l where l.id = ${id}`))],
  opportunity: [
    quotesBy(sql`r.opportunity_id = ${id}`),
    eventsBy(sql`r.opportunity_id = ${id}`),
    contractsBy(inSet(sql`r.quote_id`, quotesOfOpportunity)),
    invoicesBy(ofQuotes(quotesOfOpportunity)),
  ],
  event: [
    opportunitiesBy(inSet(sql`r.id`, sql`select e.opportunity_id from ${events} e where e.id = ${id}`)),
    datesBy(ofEvent),
    quotesBy(ofEvent),
    contractsBy(ofEvent),
    invoicesBy(ofEvent),
  ],
  quote: [
    opportunitiesBy(inSet(sql`r.id`, sql`select q.opportunity_id from ${quotes} q where q.id = ${id}`)),
    contractsBy(sql`r.quote_id = ${id}`),
    invoicesBy(sql`r.quote_id = ${id}`),
  ],
  contract: [quotesBy(inSet(sql`r.id`, quoteOf(sql`${contracts}`))), invoicesBy(ofQuotes(quoteOf(sql`${contracts}`)))],
  invoice: [
    quotesBy(inSet(sql`r.id`, quoteOf(sql`${invoices}`))),
    contractsBy(inSet(sql`r.quote_id`, quoteOf(sql`${invoices}`))),
  ],
  location: [],
}
