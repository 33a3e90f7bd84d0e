const attemptsPerWindow = 10
/** A little over a second, because dials arrive with different delays and the server counts too. */
const windowMs = 1100

/**
 * Keeps an endpoint that fails from being dialed more than ten times in any second. One that lets us in and then drops us
 * fails too: only a connection that came back usable ends the suspicion. While all is well nothing is slowed down; ten
 * dials at once are the limit until their outcome is known.
 */
export class ConnectPace {
  readonly #starts: number[] = []
  #failing = false
  #underWay = 0

  /** Milliseconds until another dial may start; 0 when it may now, Infinity when one under way must end first. */
  delayMs(now: number): number {
    if (this.#underWay >= attemptsPerWindow) return Infinity
    if (!this.#failing) return 0
    const oldest = this.#starts.at(-attemptsPerWindow)
    return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - now)
  }

  started(now: number): void {
    this.#underWay++
    this.#starts.push(now)
    if (this.#starts.length > attemptsPerWindow) this.#starts.shift()
  }

  /** The outcome of a dial is known. */
  ended(): void {
    this.#underWay--
  }

  /** A dial was refused, or its connection died before it had been of use. */
  failed(): void {
    this.#failing = true
  }

  worked(): void {
    this.#failing = false
  }
}
