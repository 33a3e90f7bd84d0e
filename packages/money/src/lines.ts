import { divideRounded } from './rounding.ts'

/** What a line's amounts follow from. Minor units are whole cents of the document's currency. */
export interface PricedLine {
  /** A decimal with at most three digits behind the point, such as `2.5`. */
  quantity: string
  unitPriceMinor: number
  discountMinor: number
  /** Parts per million: 8.875 % is 88750. */
  taxPpm: number
}

export interface LineAmounts {
  /** Quantity times price, rounded. */
  grossMinor: number
  /** Gross without the discount. */
  netMinor: number
  /** Of the net, rounded for this line alone. */
  taxMinor: number
}

/** `totalMinor` is always `subtotalMinor - discountMinor + taxMinor`. */
export interface Totals {
  subtotalMinor: number
  discountMinor: number
  taxMinor: number
  totalMinor: number
}

/** Throws RangeError beyond 2^53, where a number would be another one, and for a quantity that is no such decimal. */
export function amountsOf(line: PricedLine): LineAmounts {
  const gross = divideRounded(thousandths(line.quantity) * BigInt(line.unitPriceMinor), 1000n)
  const net = gross - BigInt(line.discountMinor)
  const tax = divideRounded(net * BigInt(line.taxPpm), 1_000_000n)
  return { grossMinor: toSafe(gross), netMinor: toSafe(net), taxMinor: toSafe(tax) }
}

/** Sums of what each line comes to: nothing is rounded a second time, so the lines of a document always add up. */
export function totalsOf(lines: readonly PricedLine[]): Totals {
  let subtotal = 0n
  let discount = 0n
  let tax = 0n
  for (const line of lines) {
    const { grossMinor, taxMinor } = amountsOf(line)
    subtotal += BigInt(grossMinor)
    discount += BigInt(line.discountMinor)
    tax += BigInt(taxMinor)
  }
  return {
    subtotalMinor: toSafe(subtotal),
    discountMinor: toSafe(discount),
    taxMinor: toSafe(tax),
    totalMinor: toSafe(subtotal - discount + tax),
  }
}

/** By rate, each the sum of what its lines were rounded to: together they are the document's tax. The lowest rate first. */
export function taxByRate(lines: readonly PricedLine[]): [taxPpm: number, taxMinor: number][] {
  const sums = new Map<number, number>()
  for (const line of lines) {
    if (line.taxPpm === 0) continue
    sums.set(line.taxPpm, (sums.get(line.taxPpm) ?? 0) + amountsOf(line).taxMinor)
  }
  return [...sums].toSorted(([a], [b]) => a - b)
}

function thousandths(quantity: string): bigint {
  const parts = /^(-?\d{1,9})(?:\.(\d{1,3}))?$/.exec(quantity)
  if (parts === null) throw new RangeError('a quantity is a decimal with at most three digits behind the point')
  const [, whole = '0', fraction = ''] = parts
  return BigInt(`${whole}${fraction.padEnd(3, '0')}`)
}

function toSafe(amount: bigint): number {
  const number = Number(amount)
  if (!Number.isSafeInteger(number)) throw new RangeError('an amount is not a safe integer')
  return number
}
