import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Begins a request every 5 ms, 200 a second, whether or not the ones before have been answered, until `work` ends and at
 * least `atLeast` have begun. Gives the failures and how many there were in all.
 */
export async function under200RequestsASecond(
  { request, atLeast = 200 }: { request: (count: number) => Promise<unknown>; atLeast?: number },
  work: () => Promise<void>,
): Promise<{ count: number; failures: unknown[] }> {
  const failures: unknown[] = []
  const underWay: Promise<unknown>[] = []
  let isOver = false
  const began = performance.now()
  const load = (async () => {
    while (!isOver || underWay.length < atLeast) {
      underWay.push(request(underWay.length).catch((error: unknown) => failures.push(error)))
      await sleep(Math.max(0, began + underWay.length * 5 - performance.now()))
    }
  })()
  try {
    await work()
  } finally {
    isOver = true
    await load
    await Promise.all(underWay)
  }
  return { count: underWay.length, failures }
}
