export interface Width {
  /** Databases of one server at work at once. Default 4. */
  perServer?: number | undefined
  /** Databases at work at once in all. Default 32. */
  atOnce?: number | undefined
}

/**
 * Does `work` for each item, so many at a time of one server and so many in all; a slow server takes no more than its share.
 * Stops taking items when `stop` says so and waits for those under way. `work` must not reject.
 */
export async function eachPerServer<Item extends { server: string }>(
  items: readonly Item[],
  { perServer = 4, atOnce = 32 }: Width,
  work: (item: Item) => Promise<void>,
  stop: () => boolean = () => false,
): Promise<void> {
  const waiting = new Set(items)
  const busy = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  for (;;) {
    for (const item of waiting) {
      if (underWay.size >= atOnce || stop()) break
      const taken = busy.get(item.server) ?? 0
      if (taken >= perServer) continue
      waiting.delete(item)
      busy.set(item.server, taken + 1)
      const one: Promise<void> = work(item).finally(() => {
        busy.set(item.server, (busy.get(item.server) ?? 1) - 1)
        underWay.delete(one)
      })
      underWay.add(one)
    }
    if (underWay.size === 0) return
    await Promise.race(underWay)
  }
}
