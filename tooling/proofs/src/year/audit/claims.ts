import type { DashboardOverview } from '@tenantry/contracts/dashboard'
import type { InvoiceListed } from '@tenantry/contracts/invoices'
import type { NumberSeries } from '@tenantry/contracts/number-series'
import type { Page } from '@tenantry/contracts/pages'
import type { Payment } from '@tenantry/contracts/payments'
import type { Booking } from '@tenantry/contracts/resources'
import { dayFromNow, type Year } from '../year.ts'

/** What the application says when it is asked over HTTP, and what lies in the mailbox. */
export interface Claims {
  invoices: InvoiceListed[]
  payments: Payment[]
  bookings: Booking[]
  series: NumberSeries[]
  dashboard: DashboardOverview
  mails: string[]
}

export async function readClaims({ owner, mailbox }: Year): Promise<Claims> {
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
  return {
    invoices: await everything<InvoiceListed>('invoices'),
    payments: await everything<Payment>('payments'),
    bookings: await owner.query<Booking[]>('bookings.list', span),
    series: await owner.query<NumberSeries[]>('numberSeries.list'),
    dashboard: await owner.query<DashboardOverview>('dashboard.overview', { months: 36 }),
    mails: mailbox.names(),
  }
}
