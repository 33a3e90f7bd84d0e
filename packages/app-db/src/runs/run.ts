import type { RunId, TenantId } from '@tenantry/contracts/ids'
import { isTenantryError, TenantryError } from '@tenantry/errors'
import type { ErrorCode } from '@tenantry/errors/codes'
import { attempt } from './attempt.ts'
import type { BeforeUnit, RunJournal, UnitRow } from './journal.ts'

export type RunStatus = 'running' | 'done' | 'partly_failed' | 'failed' | 'interrupted'
export type Detail = Record<string, unknown>

/** What a claimed run begins with. */
export interface RunFacts {
  id: RunId
  kind: string
  subject: string
  tenantId: TenantId | null
  /** As it was first asked for. */
  input: Detail
  /** 1 for a new run, one more for each time it was taken up again. */
  attempts: number
}

/** Longest silence of a living run: three heartbeats may be late. */
export const staleSeconds = 15
const heartbeatMs = 4_000

/**
 * A run this process has claimed. It says every few seconds that it lives; when another process took it over meanwhile,
 * every further write throws RUN_TAKEN_OVER and `signal` is aborted. Ends by `finish`, or as `interrupted` when it is
 * disposed of before.
 */
export class Run implements AsyncDisposable {
  readonly id: RunId
  readonly kind: string
  readonly subject: string
  readonly tenantId: TenantId | null
  readonly input: Detail
  readonly attempts: number
  readonly #journal: RunJournal
  readonly #lost = new AbortController()
  readonly #heartbeat: NodeJS.Timeout
  #stop: AbortSignal | undefined
  #isFinished = false

  constructor(facts: RunFacts, journal: RunJournal) {
    this.id = facts.id
    this.kind = facts.kind
    this.subject = facts.subject
    this.tenantId = facts.tenantId
    this.input = facts.input
    this.attempts = facts.attempts
    this.#journal = journal
    this.#heartbeat = setInterval(() => void this.#beat(), heartbeatMs).unref()
  }

  get isResumed(): boolean {
    return this.attempts > 1
  }

  /** Aborted when the run belongs to another process. */
  get signal(): AbortSignal {
    return this.#lost.signal
  }

  /** From now on no unit begins after `stop` was aborted: it throws RUN_INTERRUPTED instead. The one at work is finished. */
  heed(stop: AbortSignal): void {
    this.#stop = stop
  }

  /** Throws RUN_INTERRUPTED when somebody has asked to stop. */
  assertGoesOn(): void {
    if (this.#stop?.aborted === true) throw new TenantryError('RUN_INTERRUPTED')
  }

  /**
   * Does a unit unless it is done, and gives what it came to: the detail that `work` returned, now or when it was done.
   * A failure is noted down with its code and thrown on. `work` is run again after a crash, so it must bear that.
   */
  async unit<T extends Detail>(key: string, work: (begun: UnitRow) => Promise<T>): Promise<T> {
    this.assertGoesOn()
    return attempt(this, await this.begin(key), async (begun: UnitRow) => {
      const detail = await work(begun)
      await this.done(key, detail)
      return detail
    })
  }

  /** Notes down units to come, so that a report knows how many there are. Leaves those alone that are there. */
  plan(keys: readonly string[]): Promise<void> {
    return this.#guard(this.#journal.plan(keys))
  }

  /** Begins a unit, or tells that it is done: look at `status`. Throws RUN_TAKEN_OVER. */
  begin(key: string, before?: BeforeUnit): Promise<UnitRow> {
    return this.#guard(this.#journal.begin(key, before))
  }

  done(key: string, detail: Detail = {}): Promise<void> {
    return this.#guard(this.#journal.end(key, { status: 'done', detail }))
  }

  failed(key: string, failure: { code: ErrorCode; detail?: Detail }): Promise<void> {
    const { code, detail = {} } = failure
    return this.#guard(this.#journal.end(key, { status: 'failed', errorCode: code, errorDetail: detail }))
  }

  /** In the order they were begun, those to come last. */
  units(): Promise<UnitRow[]> {
    return this.#journal.units()
  }

  /** Which tenant it is about, where that comes to be known only on the way. */
  async concerns(tenantId: TenantId): Promise<void> {
    await this.#guard(this.#journal.concerns(tenantId))
  }

  async finish(status: Exclude<RunStatus, 'running'>): Promise<void> {
    this.#isFinished = true
    clearInterval(this.#heartbeat)
    await this.#journal.finish(status)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isFinished) return
    // Whoever is on the way out has a failure of their own to tell; a run that is not ended here is seen to be stale.
    await this.finish('interrupted').catch(() => undefined)
  }

  async #beat(): Promise<void> {
    // An application database that is away for a moment is noticed by the next unit.
    await this.#guard(this.#journal.beat()).catch(() => undefined)
  }

  async #guard<T>(write: Promise<T>): Promise<T> {
    try {
      return await write
    } catch (error) {
      if (isTenantryError(error, 'RUN_TAKEN_OVER')) {
        clearInterval(this.#heartbeat)
        this.#isFinished = true
        this.#lost.abort(error)
      }
      throw error
    }
  }
}
