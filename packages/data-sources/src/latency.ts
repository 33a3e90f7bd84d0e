/** How often something took how long. */
export interface LatencyView {
  count: number
  sumMs: number
  /** How many took at most so many milliseconds, each counting those before it; what took longer is only in `count`. */
  buckets: { leMs: number; count: number }[]
}

/** From a warm read to beyond the longest deadline. */
const boundsMs = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000]

/** Counts durations in buckets: two additions for each, and nothing kept that grows. */
export class Latency {
  readonly #counts = boundsMs.map(() => 0)
  #count = 0
  #sumMs = 0

  record(ms: number): void {
    this.#count++
    this.#sumMs += ms
    for (let at = 0; at < boundsMs.length; at++) {
      if (ms > (boundsMs[at] ?? 0)) continue
      this.#counts[at] = (this.#counts[at] ?? 0) + 1
      return
    }
  }

  view(): LatencyView {
    let below = 0
    const buckets = boundsMs.map((leMs, at) => ({ leMs, count: (below += this.#counts[at] ?? 0) }))
    return { count: this.#count, sumMs: this.#sumMs, buckets }
  }
}
