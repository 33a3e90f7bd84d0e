/** Which of a command's points it is killed at: every n-th, or so many that a seed draws, the same ones each time. */
export type Choice = { every: number } | { draw: number; seed: number }

/** Ascending indexes. */
export function choosePoints(count: number, choice: Choice): number[] {
  const all = Array.from({ length: count }, (_, at) => at)
  if ('every' in choice) return all.filter((at) => at % choice.every === 0)
  const random = seeded(choice.seed)
  const drawn: number[] = []
  while (drawn.length < choice.draw && all.length > 0) drawn.push(...all.splice(Math.floor(random() * all.length), 1))
  return drawn.toSorted((one, other) => one - other)
}

/** Mulberry32: evenly spread numbers from 0 to 1, and nothing more is asked of them. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
