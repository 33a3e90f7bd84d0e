/** One thing that the tour did, and what came of it. */
export interface TourStep {
  title: string
  /** As somebody would type it; null where no command is needed. */
  command: string | null
  /** What was seen, each in a sentence or a figure. */
  seen: string[]
  milliseconds: number
}

/** Does one step after the other. A step that sees something else than it should throws, and the tour ends there. */
export class Narrator {
  readonly steps: TourStep[] = []
  readonly #onStep: (step: TourStep) => void

  constructor(onStep: (step: TourStep) => void) {
    this.#onStep = onStep
  }

  async step<Result>(
    title: string,
    command: string | null,
    work: (see: (text: string) => void) => Promise<Result>,
  ): Promise<Result> {
    const seen: string[] = []
    const started = performance.now()
    try {
      const result = await work((text) => void seen.push(text))
      const step = { title, command, seen, milliseconds: Math.round(performance.now() - started) }
      this.steps.push(step)
      this.#onStep(step)
      return result
    } catch (cause) {
      throw new TourEnded(title, command, { cause })
    }
  }
}

/** A step did not do what it promises; `cause` tells what was seen instead. */
export class TourEnded extends Error {
  constructor(title: string, command: string | null, options: ErrorOptions) {
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause)
    super(`«${title}» went wrong${command === null ? '' : ` at ${command}`}: ${why}`, options)
    this.name = 'TourEnded'
  }
}
