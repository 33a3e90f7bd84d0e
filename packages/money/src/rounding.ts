/**
 * The one rounding rule: to the nearest unit, a half away from zero. It is what `round(numeric)` does in Postgres, which
 * computes the net amount of a line too, so both say the same of every line. `denominator` is positive.
 */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n
  const magnitude = isNegative ? -numerator : numerator
  const rounded = (2n * magnitude + denominator) / (2n * denominator)
  return isNegative ? -rounded : rounded
}
