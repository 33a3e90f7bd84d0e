/** Rounds of one figure; the figure is their median. */
export const rounds = 5

export type Measure = () => Promise<number>

/**
 * Measures all contenders in each round, beginning with another one each time, so that whatever else the machine does
 * meets them alike. One round goes before, unmeasured.
 */
export async function interleave<Name extends string>(
  contenders: Record<Name, Measure>,
  times = rounds,
): Promise<Record<Name, number[]>> {
  const entries = Object.entries<Measure>(contenders)
  const results = Object.fromEntries(entries.map(([name]) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -1; round < times; round++) {
    for (let turn = 0; turn < entries.length; turn++) {
      const [name, measure] = entries[(turn + round + entries.length) % entries.length] ?? []
      if (name === undefined || measure === undefined) continue
      const value = await measure()
      // The keys of `contenders` are the names.
      if (round >= 0) results[name as Name].push(value)
    }
  }
  return results
}
