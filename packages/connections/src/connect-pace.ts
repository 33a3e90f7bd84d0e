const attemptsPerWindow = 10
const windowMs = 1000

/**
 * Keeps an endpoint that fails from being dialed more than ten times in any second. While dials succeed it does not
 * slow them down; ten at once are the limit until their outcome is known.
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

  ended(succeeded: boolean): void {
    this.#underWay--
    this.#failing = !succeeded
  }
}
