import { amountParts, parseAmount } from '@tenantry/money/parse'
import type { CellProblem, OpportunityGround } from './opportunity-cells.ts'

export interface ReadMoney {
  /** Undefined where the row has no amount; what cannot be read as one is there as it is written. */
  amountMinor?: unknown
  currency: unknown
  /** Neither the row nor the cell names one currency alone: it is the company's. */
  isAssumed: boolean
  problem?: CellProblem
}

/** The amount of a row, in the currency of its column, else of the cell, else of the company. */
export function readMoney(draft: Record<string, unknown>, ground: OpportunityGround): ReadMoney {
  const { amount, amountMinor, currency: named } = draft
  const assumed = { currency: named ?? ground.currency ?? undefined, isAssumed: named === undefined }
  const wrong = (message: string, field = 'amount'): ReadMoney => ({ ...assumed, problem: { field, message } })
  if (amount !== undefined && amountMinor !== undefined)
    return wrong('Map the amount in one form: as it is written, or in the smallest unit.')
  if (amountMinor !== undefined || amount === undefined) {
    if (assumed.currency === undefined) return wrong('Say in which currency.', 'currency')
    return { ...assumed, ...(amountMinor !== undefined && { amountMinor }) }
  }
  const parts = typeof amount === 'string' ? amountParts(amount) : undefined
  if (parts === undefined) return wrong('This is no amount.')
  const { digits, mark } = parts
  if (/[-–−(]/.test(mark)) return wrong('This amount is less than nothing.')
  const own = currencyOf(mark)
  const currency = own ?? (isSignOf(mark, assumed.currency, ground.locale) ? assumed.currency : undefined)
  if (currency === undefined)
    return mark === ''
      ? wrong('Say in which currency.', 'currency')
      : wrong(`«${mark}» is not the sign of one currency. Say which one is meant by its code, as in 100 USD.`)
  // The column of the currency says what is wrong with it.
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return { ...assumed, currency }
  if (typeof named === 'string' && named !== currency)
    return wrong(`The amount is in ${currency}, and the row says ${named}.`)
  const read = parseAmount(digits, currency, ground.locale)
  if (typeof read === 'string') return { ...wrong(messages[read]), currency }
  return { amountMinor: read, currency, isAssumed: named === undefined && own === undefined }
}

const messages = {
  unreadable: 'This is no amount.',
  ambiguous: 'This can be read in two ways. Write it with two digits behind the point or comma, or without either.',
  'too fine': 'This has more decimals than the currency.',
  'too large': 'This amount is too large.',
}

/** The currency that a code or a sign names alone; undefined for one that several share, and for none. */
function currencyOf(mark: string): string | undefined {
  return /^[A-Za-z]{3}$/.test(mark) ? mark.toUpperCase() : onlySigns.get(mark)
}

const onlySigns = new Map([
  ['€', 'EUR'],
  ['US$', 'USD'],
  ['CA$', 'CAD'],
  ['A$', 'AUD'],
  ['₹', 'INR'],
  ['₺', 'TRY'],
])

/** What several share means the currency of the row or the company, if it is theirs; and so does nothing. */
function isSignOf(mark: string, currency: unknown, locale: string): boolean {
  if (mark === '') return true
  return typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) && signsOf(currency, locale).includes(mark)
}

const known = new Map<string, string[]>()

function signsOf(currency: string, locale: string): string[] {
  const key = `${locale} ${currency}`
  const cached = known.get(key)
  if (cached !== undefined) return cached
  const signs = (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
    [locale, 'en'].flatMap((tag) =>
      new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay })
        .formatToParts(0)
        .filter(({ type }) => type === 'currency')
        .map(({ value }) => value),
    ),
  )
  known.set(key, signs)
  return signs
}
