import { allocate, dinero, toSnapshot } from 'dinero.js/bigint'
import { divideRounded } from './rounding.ts'

/** A share of an amount in parts per million, by the one rounding rule. */
export function shareOf(amountMinor: number, ppm: number): number {
  return Number(divideRounded(BigInt(amountMinor) * BigInt(ppm), 1_000_000n))
}

/** Parts in proportion to `ratios`, which are not all zero. They sum up to the amount exactly; what is left over goes to the first. */
export function splitAmount(amountMinor: number, ratios: readonly number[]): number[] {
  // Minor units are split, whatever the currency: its name and its decimals change nothing.
  const amount = dinero({ amount: BigInt(amountMinor), currency: { code: 'XXX', base: 10n, exponent: 0n } })
  return allocate(
    amount,
    ratios.map((ratio) => BigInt(ratio)),
  ).map((part) => Number(toSnapshot(part).amount))
}
