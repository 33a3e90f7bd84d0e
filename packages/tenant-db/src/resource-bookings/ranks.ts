/** A hold as the queue sees it: half-open, in milliseconds. */
export interface Held {
  id: string
  rank: number
  from: number
  until: number
}

export function overlaps(a: Pick<Held, 'from' | 'until'>, b: Pick<Held, 'from' | 'until'>): boolean {
  return a.from < b.until && b.from < a.until
}

/** As many ranks as a queue has. */
export const lastRank = 9

/** The rank of a hold that joins: behind every hold it overlaps. */
export function rankBehind(holds: readonly Held[], joining: Pick<Held, 'from' | 'until'>): number {
  return 1 + Math.max(0, ...holds.filter((hold) => overlaps(hold, joining)).map(({ rank }) => rank))
}

/**
 * The holds that move up once others are gone, in the order in which they may be written: each goes right behind those it
 * overlaps that were before it. Nobody ever moves down or past somebody else.
 */
export function promotions(holds: readonly Held[]): Held[] {
  const settled: Held[] = []
  const moved: Held[] = []
  for (const hold of holds.toSorted((a, b) => a.rank - b.rank)) {
    const rank = Math.min(hold.rank, rankBehind(settled, hold))
    const next = { ...hold, rank }
    settled.push(next)
    if (rank !== hold.rank) moved.push(next)
  }
  return moved
}
