/**
 * Performs something over and over, `atOnce` of it under way at any time, until `seconds` or `maxCount` are reached. Gives
 * how often a second.
 */
export async function repeat(
  perform: () => Promise<unknown>,
  { atOnce, seconds, maxCount = Infinity }: { atOnce: number; seconds: number; maxCount?: number },
): Promise<number> {
  let begun = 0
  let count = 0
  const started = performance.now()
  const end = started + seconds * 1000
  const worker = async () => {
    while (begun++ < maxCount && performance.now() < end) {
      await perform()
      count++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return (1000 * count) / (performance.now() - started)
}
