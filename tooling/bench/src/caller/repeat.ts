/** Performs something over and over, `atOnce` of it under way at any time. Gives how often a second. */
export async function repeat(
  perform: () => Promise<unknown>,
  { atOnce, seconds }: { atOnce: number; seconds: number },
): Promise<number> {
  let count = 0
  const started = performance.now()
  const end = started + seconds * 1000
  const worker = async () => {
    while (performance.now() < end) {
      await perform()
      count++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return (1000 * count) / (performance.now() - started)
}
