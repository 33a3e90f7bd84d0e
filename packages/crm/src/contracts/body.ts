import { countedLines } from '@tenantry/contracts/document-lines'
import type { BillTo } from '@tenantry/contracts/invoices'
import type { Quote } from '@tenantry/contracts/quotes'
import type { Notation } from '@tenantry/documents/notation'
import { amountsOf } from '@tenantry/money/lines'

/** What a contract about an accepted quote says. Days and times are local to the venue. */
export interface ContractContent {
  company: { name: string }
  customer: Pick<BillTo, 'name'>
  quote: Quote
  dates: readonly EventDay[]
}

interface EventDay {
  localDate: string
  startTime: string
  endTime: string
  timeZone: string
  label: string | null
}

/** The body as plain HTML: every word of it that somebody typed is escaped. */
export function contractBody({ company, customer, quote, dates }: ContractContent, notation: Notation): string {
  const { words, percent, quantity } = notation
  const money = (minor: number) => escape(notation.money(minor))
  const rows = countedLines(quote.lines).map((line) =>
    row([escape(line.name), escape(quantity(line.quantity)), money(amountsOf(line).netMinor)]),
  )
  const days = dates.map((day) => `<li>${escape(dayOf(day, notation))}</li>`)
  return [
    `<h1>${escape(quote.title ?? quote.number)}</h1>`,
    `<p>${escape(words.between(company.name, customer.name, quote.number))}</p>`,
    days.length > 0 ? `<h2>${escape(words.when)}</h2><ul>${days.join('')}</ul>` : '',
    `<h2>${escape(words.what)}</h2><table>${rows.join('')}`,
    row([escape(words.tax), '', money(quote.taxMinor)]),
    row([escape(words.total), '', money(quote.totalMinor)]),
    '</table>',
    quote.depositPpm > 0 ? `<p>${escape(words.dueWhenSigned(percent(quote.depositPpm)))}</p>` : '',
    quote.terms === null ? '' : `<h2>${escape(words.terms)}</h2><p>${escape(quote.terms).replaceAll('\n', '<br>')}</p>`,
  ].join('')
}

function dayOf({ localDate, startTime, endTime, timeZone, label }: EventDay, { date, time, zone }: Notation): string {
  const said = [label, date(localDate), `${time(startTime)} – ${time(endTime)}`, zone(timeZone)]
  return said.filter(Boolean).join(', ')
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
