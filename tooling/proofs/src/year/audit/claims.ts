import type { ContractListed } from '@tenantry/contracts/contracts'
import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import type { InvoiceListed } from '@tenantry/contracts/invoices'
import type { NumberSeries } from '@tenantry/contracts/number-series'
import type { Page } from '@tenantry/contracts/pages'
import type { Payment } from '@tenantry/contracts/payments'
import type { Booking } from '@tenantry/contracts/resources'
import { viewedLists } from '@tenantry/contracts/viewed-lists'
import { createHash } from 'node:crypto'
import type { Imported } from '../chapters/import-contacts.ts'
import type { News } from '../receiver.ts'
import { dayFromNow, type Year } from '../year.ts'

/** What the application says when it is asked over HTTP, what it has told, and what lies in the mailbox. */
export interface Claims {
  invoices: InvoiceListed[]
  payments: Payment[]
  bookings: Booking[]
  /** Of the file of each complete contract, as whoever saves it gets it: SHA-256 in hexadecimal, by the contract's id. */
  signedFiles: Record<string, string>
  series: NumberSeries[]
  dashboard: DashboardOverview
  /** Each list as CSV. */
  exports: Record<string, string>
  /** The company's calendar, as those get it who subscribe to it. */
  feed: string
  mails: string[]
  /** What the receiver of webhooks has got, which is to be told of each line of history behind `since`. */
  news: { since: string; accepted: readonly News[]; forged: number }
  imported: Imported & { before: BeforeImport }
}

export interface BeforeImport {
  /** Each table, as `snapshotOf` tells of it. */
  tables: Record<string, string>
  /** The number of the last line of history. */
  lastLine: string
  /** In the list. */
  contacts: number
}

/** Everything but what happened on the way to the end of the year. */
export async function readClaims({ owner, customer, mailbox }: Year): Promise<Omit<Claims, 'news' | 'imported'>> {
  const everything = async <Row>(list: string, filters: object = {}) => {
    const rows: Row[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { limit: 200, ...filters, ...(cursor !== undefined && { cursor }) }
      const page: Page<Row> = await owner.query(`${list}.list`, query)
      rows.push(...page.rows)
      cursor = page.nextCursor
    }
    return rows
  }
  const span = { from: `${dayFromNow(-30)}T00:00:00Z`, until: `${dayFromNow(900)}T00:00:00Z` }
  const exports: Record<string, string> = {}
  for (const list of Object.keys(viewedLists))
    exports[list] = (await owner.download(`/api/files/exports/${list}.csv`)).toString()
  const signedFiles: Record<string, string> = {}
  for (const { id } of await everything<ContractListed>('contracts', { filters: { status: ['completed'] } })) {
    const file = await owner.download(`/api/files/contracts/${id}`)
    signedFiles[id] = createHash('sha256').update(file).digest('hex')
  }
  const { path } = await owner.mutate<{ path: string }>('calendarFeeds.create', {
    name: 'Everything',
    scope: 'company',
  })
  return {
    invoices: await everything<InvoiceListed>('invoices'),
    payments: await everything<Payment>('payments'),
    bookings: await everything<Booking>('bookings', span),
    signedFiles,
    series: await owner.query<NumberSeries[]>('numberSeries.list'),
    dashboard: await owner.query<DashboardOverview>('dashboard.overview', { months: 36 }),
    exports,
    // A calendar has no cookies.
    feed: (await customer.download(path)).toString(),
    mails: mailbox.names(),
  }
}
