/**
 * A rank is a fraction written in 62 digits without trailing zeros, so that comparing texts byte by byte compares
 * fractions and there is always room between two of them. A move writes the rank of the moved card only.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = digits.length
/** Steps at either end are this fine: four digits hold 14 million of them, and ranks made there stay short. */
const stepDigits = 4
const steps = base ** stepDigits

/** Ranks longer than this ask for `evenRanks`; it takes about 200 moves into the very same gap to get there. */
export const longestRank = 40

/** A rank between two others; null is the end of the stage. Undefined when the two are equal: they have no between. */
export function rankBetween(above: string | null, below: string | null): string | undefined {
  if (above === null && below === null) return fromStep(Math.floor(steps / 2))
  if (above !== null && below !== null && above >= below) return undefined
  if (below === null) return stepFrom(above ?? '', 1) ?? midpoint(above ?? '', null)
  if (above === null) return stepFrom(below, -1) ?? midpoint('', below)
  return midpoint(above, below)
}

/** Short ranks at equal distances for all cards of a stage. */
export function evenRanks(count: number): string[] {
  const distance = Math.max(1, Math.floor(steps / (count + 1)))
  return Array.from({ length: count }, (_, index) => fromStep((index + 1) * distance))
}

/** One step up or down from a rank; undefined where the steps end. */
function stepFrom(rank: string, by: 1 | -1): string | undefined {
  let step = 0
  for (let index = 0; index < stepDigits; index++) step = step * base + valueOf(rank[index] ?? '0')
  // Cutting the rank went down already when it was longer, but one step more keeps every step a whole one.
  const next = step + by
  return next > 0 && next < steps ? fromStep(next) : undefined
}

function fromStep(step: number): string {
  let rank = ''
  for (let rest = step; rank.length < stepDigits; rest = Math.floor(rest / base)) rank = digitOf(rest % base) + rank
  return rank.replace(/0+$/, '')
}

/** The shortest fraction near the middle of two; `below` null stands for 1. */
function midpoint(above: string, below: string | null): string {
  if (below !== null) {
    let shared = 0
    while ((above[shared] ?? '0') === below[shared]) shared++
    if (shared > 0) return below.slice(0, shared) + midpoint(above.slice(shared), below.slice(shared))
  }
  const low = valueOf(above[0] ?? '0')
  const high = below === null ? base : valueOf(below[0] ?? '0')
  if (high - low > 1) return digitOf(Math.round((low + high) / 2))
  if (below !== null && below.length > 1) return below.slice(0, 1)
  return digitOf(low) + midpoint(above.slice(1), null)
}

function valueOf(digit: string): number {
  return digits.indexOf(digit)
}

function digitOf(value: number): string {
  return digits.charAt(value)
}
