import type { InvoiceLineInput, QuoteLine } from '@tenantry/contracts/document-lines'
import type { Instalment } from '@tenantry/contracts/invoices'
import type { Notation } from '@tenantry/documents/notation'
import { amountsOf, totalsOf } from '@tenantry/money/lines'
import { shareOf, splitAmount } from '@tenantry/money/split'
import { Temporal } from 'temporal-polyfill'

/** What of a quote decides how it is paid. */
export interface PaymentTerms {
  number: string
  /** Only the lines that count. */
  lines: readonly Omit<QuoteLine, 'id'>[]
  depositPpm: number
  instalments: number
}

export interface TwoInvoices {
  /** Empty when there is nothing to pay at once. */
  deposit: InvoiceLineInput[]
  /** Everything, less the deposit; empty when the deposit is everything. */
  balance: InvoiceLineInput[]
}

/**
 * Splits a quote into what is due at once and the rest. The deposit is a share of the net amount of each tax rate, so that
 * its tax is right by itself; the rest takes the very same lines back. What the two come to is what the quote comes to,
 * whatever was rounded.
 */
export function depositAndBalance(
  { number, lines, depositPpm }: PaymentTerms,
  { words, percent }: Pick<Notation, 'words' | 'percent'>,
): TwoInvoices {
  const all = lines.map((line): InvoiceLineInput => {
    const { name, description, quantity, unitPriceMinor, discountMinor, taxPpm } = line
    return { name, description, quantity, unitPriceMinor, discountMinor, taxPpm, taxName: null }
  })
  const name = words.depositOn(percent(depositPpm), number)
  const deposit = [...netByRate(lines)]
    .map(([taxPpm, net]) => depositLine(name, { taxPpm, unitPriceMinor: shareOf(net, depositPpm) }))
    .filter((line) => line.unitPriceMinor !== 0)
  const back = deposit.map((line) => ({ ...line, name: words.less(name), unitPriceMinor: -line.unitPriceMinor }))
  const balance = [...all, ...back]
  // Lines that take something back can make a share of them, once rounded, more than the whole.
  const isSplit = totalsOf(deposit).totalMinor > 0 && totalsOf(balance).totalMinor >= 0
  return isSplit ? { deposit, balance: claiming(balance) } : { deposit: [], balance: claiming(all) }
}

/** An invoice claims something, or it is none. */
function claiming(lines: InvoiceLineInput[]): InvoiceLineInput[] {
  return totalsOf(lines).totalMinor > 0 ? lines : []
}

/** The parts of the rest: one a month, the last on the day by which everything is paid, and none before today. */
export function instalmentsOf(
  totalMinor: number,
  { count, dueOn, today }: { count: number; dueOn: string; today: string },
  words: Notation['words'],
): Instalment[] {
  const last = Temporal.PlainDate.from(dueOn)
  const amounts = splitAmount(totalMinor, Array<number>(count).fill(1))
  return amounts
    .map((amountMinor, index) => {
      const day = last.subtract({ months: count - 1 - index }).toString()
      return {
        label: count === 1 ? words.rest : words.part(index + 1, count),
        dueOn: day < today ? today : day,
        amountMinor,
      }
    })
    .filter(({ amountMinor }) => amountMinor > 0)
}

/** The day by which everything is paid: some days before the event, and never before today. */
export function balanceDueOn(
  { firstDay, balanceDueDays }: { firstDay: string | undefined; balanceDueDays: number },
  today: string,
): string {
  if (firstDay === undefined) return Temporal.PlainDate.from(today).add({ days: balanceDueDays }).toString()
  const day = Temporal.PlainDate.from(firstDay).subtract({ days: balanceDueDays }).toString()
  return day < today ? today : day
}

function netByRate(lines: PaymentTerms['lines']): Map<number, number> {
  const nets = new Map<number, number>()
  for (const line of lines) nets.set(line.taxPpm, (nets.get(line.taxPpm) ?? 0) + amountsOf(line).netMinor)
  return nets
}

function depositLine(name: string, line: Pick<InvoiceLineInput, 'taxPpm' | 'unitPriceMinor'>): InvoiceLineInput {
  return { name, description: null, quantity: '1.000', discountMinor: 0, taxName: null, ...line }
}
