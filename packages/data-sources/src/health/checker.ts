import { isDown, type DataSourceState, type HealthFinding } from '@tenantry/contracts/data-source-health'
import type { Logger } from '@tenantry/telemetry/logger'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DataSourceRecord } from '../grant-desk.ts'

/** A data source that this process has taken on to look at; while it has, nobody else does. */
export interface HealthTurn {
  tenantId: string
  /** `host:port`. */
  server: string
  /** As it was found the time before; null for the first time. */
  before: DataSourceState | null
  dataSource(): Promise<DataSourceRecord>
  settle(finding: HealthFinding, nextInMs: number): Promise<void>
}

/** Where processes agree on whose turn it is. What was taken on and never settled is due again after the lease. */
export interface HealthSource {
  take(ask: {
    atMost: number
    without: readonly string[]
    leaseMs: number
  }): Promise<{ turns: HealthTurn[]; nextInMs: number }>
}

export interface HealthOptions {
  source: HealthSource
  /** Between two looks at the same data source, a tenth more or less. */
  everyMs: number
  /** Data sources that one process looks at at once. Default 4, at most half of them on the same server. */
  atOnce?: number
  /** Longer than any look takes: whoever has not settled by then is taken for dead. Default 30,000. */
  leaseMs?: number
}

/** A data source that has just been set up is noticed after this. */
const mostPauseMs = 2_000
/** However many are due, the application database is not asked more often. */
const leastPauseMs = 20
/** Whoever looks when the process ends is not waited for longer; another process looks again. */
const patienceMs = 1_000

/**
 * Looks at the data sources whose turn it is, a few at once. One server that does not answer leaves the looks at the others
 * their places.
 *
 * States: running → closed.
 */
export class HealthChecker {
  readonly #options: HealthOptions
  readonly #look: (turn: HealthTurn) => Promise<HealthFinding>
  readonly #logger: Logger
  readonly #running = new Map<Promise<void>, string>()
  readonly #found: Partial<Record<DataSourceState, number>> = {}
  readonly #rounds: Promise<void>
  #waking = new AbortController()
  #isBlind = false
  #closed = false

  /** `look` never rejects. */
  constructor(options: HealthOptions, look: (turn: HealthTurn) => Promise<HealthFinding>, logger: Logger) {
    this.#options = options
    this.#look = look
    this.#logger = logger
    this.#rounds = this.#run()
  }

  /** What the looks of this process have found, by state. */
  found(): Partial<Record<DataSourceState, number>> {
    return { ...this.#found }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#waking.abort()
    await this.#rounds
    const patience = new AbortController()
    await Promise.race([
      Promise.all(this.#running.keys()),
      sleep(patienceMs, undefined, { signal: patience.signal }).catch(ignore),
    ])
    patience.abort()
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      this.#waking = new AbortController()
      const pauseMs = await this.#takeOne()
      if (pauseMs > 0 && !this.#closed) await pause(pauseMs, this.#waking.signal)
    }
  }

  /** Gives for how long there is nothing to do, unless a look ends first. */
  async #takeOne(): Promise<number> {
    const { source, atOnce = 4, leaseMs = 30_000 } = this.#options
    if (this.#running.size >= atOnce) return mostPauseMs
    try {
      const { turns, nextInMs } = await source.take({ atMost: 1, without: this.#busyServers(atOnce), leaseMs })
      this.#isBlind = false
      for (const turn of turns) this.#begin(turn)
      return turns.length > 0 ? 0 : Math.min(mostPauseMs, leastPauseMs + nextInMs * (1 + Math.random() / 10))
    } catch (err) {
      if (!this.#isBlind) this.#logger.warn({ err }, 'It cannot be asked which data sources are to be looked at')
      this.#isBlind = true
      return mostPauseMs
    }
  }

  #busyServers(atOnce: number): string[] {
    const counts = new Map<string, number>()
    for (const server of this.#running.values()) counts.set(server, (counts.get(server) ?? 0) + 1)
    return [...counts].flatMap(([server, count]) => (count >= Math.ceil(atOnce / 2) ? server : []))
  }

  #begin(turn: HealthTurn): void {
    const looking = this.#take(turn)
      .catch((err: unknown) => {
        if (!this.#closed)
          this.#logger.warn({ err, tenantId: turn.tenantId }, 'The health of a data source was not kept')
      })
      .finally(() => {
        this.#running.delete(looking)
        this.#waking.abort()
      })
    this.#running.set(looking, turn.server)
  }

  async #take(turn: HealthTurn): Promise<void> {
    const finding = await this.#look(turn)
    await turn.settle(finding, this.#options.everyMs * (0.9 + Math.random() / 5))
    const { state } = finding
    this.#found[state] = (this.#found[state] ?? 0) + 1
    if (state !== turn.before) this.#tell(turn, finding)
  }

  #tell({ tenantId, before }: HealthTurn, { state, code }: HealthFinding): void {
    const facts = { tenantId, from: before, to: state, code }
    if (isDown(state)) this.#logger.error({ ...facts, alarm: code }, 'A data source went away')
    else if (before !== null && isDown(before)) this.#logger.info(facts, 'A data source came back')
    else if (before !== null || state !== 'healthy') this.#logger.info(facts, 'A data source is in another state')
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { ref: false, signal }).catch(ignore)
}

function ignore(): void {
  // It was woken.
}
