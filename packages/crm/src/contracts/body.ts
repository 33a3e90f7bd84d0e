import { countedLines } from '@tenantry/contracts/document-lines'
import type { BillTo } from '@tenantry/contracts/invoices'
import type { Quote } from '@tenantry/contracts/quotes'
import { amountsOf } from '@tenantry/money/lines'

/** What a contract about an accepted quote says. Days and times are local to the venue. */
export interface ContractContent {
  company: { name: string; locale: string }
  customer: Pick<BillTo, 'name'>
  quote: Quote
  /** Decimals of the quote's currency are the business of `Intl`. */
  dates: readonly { localDate: string; startTime: string; endTime: string; timeZone: string; label: string | null }[]
}

/** The body as plain HTML: every word of it that somebody typed is escaped. */
export function contractBody({ company, customer, quote, dates }: ContractContent): string {
  const { format } = new Intl.NumberFormat(company.locale, { style: 'currency', currency: quote.currency })
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency: quote.currency }).resolvedOptions()
  const money = (minor: number) => escape(format(minor / 10 ** (decimals.maximumFractionDigits ?? 2)))
  const rows = countedLines(quote.lines).map((line) =>
    row([escape(line.name), escape(quantity(line.quantity)), money(amountsOf(line).netMinor)]),
  )
  const days = dates.map(
    ({ localDate, startTime, endTime, timeZone, label }) =>
      `<li>${escape([label, localDate, `${startTime.slice(0, 5)} – ${endTime.slice(0, 5)}`, timeZone].filter(Boolean).join(', '))}</li>`,
  )
  return [
    `<h1>${escape(quote.title ?? quote.number)}</h1>`,
    `<p>Between ${escape(company.name)} and ${escape(customer.name)}, about quote ${escape(quote.number)}.</p>`,
    days.length > 0 ? `<h2>When</h2><ul>${days.join('')}</ul>` : '',
    `<h2>What</h2><table>${rows.join('')}`,
    row(['Tax', '', money(quote.taxMinor)]),
    row(['Total', '', money(quote.totalMinor)]),
    '</table>',
    quote.depositPpm > 0 ? `<p>${quote.depositPpm / 10_000} % are due when this contract is signed.</p>` : '',
    quote.terms === null ? '' : `<h2>Terms</h2><p>${escape(quote.terms).replaceAll('\n', '<br>')}</p>`,
  ].join('')
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

function quantity(text: string): string {
  return text.replace(/\.?0+$/, '')
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
