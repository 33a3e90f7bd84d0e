import { TenantryError } from '@tenantry/errors'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConnectPace } from './connect-pace.ts'
import { Link } from './link.ts'
import { CallbackTooLong, DeadlinePassed, LinkLost, StalePlan } from './link-failures.ts'
import type { Permits, Sharing } from './permits.ts'
import type { Pool, PoolOptions, PoolStats, ProvingLink } from './pool.ts'
import type { Target } from './target.ts'
import { translateConnectFailure } from './translate.ts'

const defaults = {
  max: 8,
  maxWaiting: 200,
  acquireMs: 2000,
  connectMs: 2000,
  statementMs: 10_000,
  idleMs: 30_000,
  lifeMs: 1_800_000,
}

interface Waiter {
  since: number
  lend(link: Link): void
  fail(error: TenantryError): void
}

interface Slot {
  /** The value of the pool's generation when the connection was opened. */
  generation: number
  /** It came back usable at least once. */
  proven: boolean
  /** When it was last given back. */
  restingSince: number
}

/**
 * Every link is lent to one owner, idle, or gone. Waiters are served first come first served; of the idle links the one
 * used last goes first, so that the others grow old and leave. A link comes back once, whatever was done with it, and is
 * destroyed unless the server's own words say that the session is clean.
 */
export class LinkPool implements Pool, Sharing {
  readonly #target: Target
  readonly #options: typeof defaults & Pick<PoolOptions, 'prove' | 'permits'>
  readonly #pace = new ConnectPace()
  readonly #links = new Map<Link, Slot>()
  /** The one that has rested longest comes first. */
  readonly #idle: Link[] = []
  #sweep: NodeJS.Timeout | undefined
  readonly #waiting: Waiter[] = []
  #opening = 0
  #generation = 0
  #lastRefusal: TenantryError | undefined
  #retry: NodeJS.Timeout | undefined
  /** The server's connections are shared with other pools, and none was left for this one. */
  #isDenied = false
  #closed = false

  constructor(target: Target, options: PoolOptions) {
    this.#target = target
    this.#options = { ...defaults, ...options }
    this.#permits?.join(this)
  }

  get #permits(): Permits | undefined {
    return this.#options.permits
  }

  get size(): number {
    return this.#links.size + this.#opening
  }

  get restingSince(): number | undefined {
    const [oldest] = this.#idle
    return oldest && this.#links.get(oldest)?.restingSince
  }

  get waitingSince(): number | undefined {
    return this.#waiting[0]?.since
  }

  grow(): void {
    this.#grow()
  }

  shed(): void {
    const [oldest] = this.#idle
    if (oldest === undefined) return
    oldest.close()
    this.#forget(oldest)
  }

  stats(): PoolStats {
    return {
      open: this.#links.size,
      idle: this.#idle.length,
      opening: this.#opening,
      waiting: this.#waiting.length,
    }
  }

  refusal(): TenantryError | undefined {
    const isFull = this.#idle.length === 0 && this.#waiting.length >= this.#options.maxWaiting
    return isFull ? this.#busy('too many are waiting') : undefined
  }

  /** Throws DATABASE_BUSY or CONNECTION_REFUSED within `acquireMs`. */
  acquire(): Promise<Link> {
    if (this.#closed) return Promise.reject(closedError())
    const link = this.#idle.pop()
    if (link) return Promise.resolve(this.#lend(link))
    const refusal = this.refusal()
    if (refusal) return Promise.reject(refusal)
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        since: performance.now(),
        lend(lent) {
          clearTimeout(timer)
          resolve(lent)
        },
        fail(error) {
          clearTimeout(timer)
          reject(error)
        },
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
        reject(this.#waitedInVain())
      }, this.#options.acquireMs)
      this.#waiting.push(waiter)
      this.#grow()
    })
  }

  release(link: Link): void {
    link.onDead = undefined
    const slot = this.#links.get(link)
    if (slot === undefined) return
    if (!link.sound) return this.#discard(link)
    slot.proven = true
    this.#pace.worked()
    this.#serve(link, slot)
  }

  retire(): void {
    this.#generation++
    for (const link of this.#idle.splice(0)) {
      link.close()
      this.#forget(link)
    }
  }

  interrupt(what: 'transactions' | 'everything'): void {
    if (what === 'everything') {
      this.#closed = true
      for (const waiter of this.#waiting.splice(0)) waiter.fail(closedError())
    }
    for (const link of this.#links.keys()) {
      const isInTransaction = link.status === 'T' || link.status === 'E'
      if (what === 'everything' || isInTransaction) link.kill(new LinkLost('the work was interrupted'))
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    clearTimeout(this.#sweep)
    for (const waiter of this.#waiting.splice(0)) waiter.fail(closedError())
    this.retire()
    this.#permits?.leave(this)
    const end = performance.now() + this.#options.statementMs
    while (this.size > 0 && performance.now() < end) await sleep(5)
    for (const link of this.#links.keys()) link.kill(new LinkLost('the pool was closed'))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #lend(link: Link): Link {
    link.onDead = undefined
    return link
  }

  /** To the next who waits, to rest, or away when its time is over. */
  #serve(link: Link, slot: Slot): void {
    const age = performance.now() - link.openedAt
    const isOver = this.#closed || slot.generation !== this.#generation || link.worn || age > this.#options.lifeMs
    if (isOver || this.#permits?.mustYield(this)) {
      link.close()
      return this.#forget(link)
    }
    const waiter = this.#waiting.shift()
    if (waiter) return waiter.lend(link)
    this.#rest(link, slot)
  }

  #rest(link: Link, slot: Slot): void {
    link.onDead = () => this.#lose(link)
    slot.restingSince = performance.now()
    this.#idle.push(link)
    this.#sweep ??= this.#sweepAfter(this.#options.idleMs)
  }

  /** One timer for all of them: one each would be started and stopped with every statement. */
  #sweepAfter(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#sweep = undefined
      const remainingMs = this.#closeRested()
      if (remainingMs !== undefined) this.#sweep = this.#sweepAfter(remainingMs)
    }, delayMs).unref()
  }

  /** Returns in how many milliseconds the next one has rested too long; undefined when nobody rests. */
  #closeRested(): number | undefined {
    for (;;) {
      const [oldest] = this.#idle
      const slot = oldest && this.#links.get(oldest)
      if (oldest === undefined || slot === undefined) return undefined
      const remainingMs = slot.restingSince + this.#options.idleMs - performance.now()
      if (remainingMs > 0) return remainingMs
      oldest.close()
      this.#forget(oldest)
    }
  }

  #discard(link: Link): void {
    const { dead } = link
    if (dead) {
      // A server that went silent, or a schema that changed, concerns the idle links as well.
      const isSilent = dead instanceof DeadlinePassed && !(dead instanceof CallbackTooLong)
      if (isSilent || dead instanceof StalePlan) this.retire()
      return this.#lose(link)
    }
    link.kill(new LinkLost(link.tainted ?? `the session was left in state ${link.status}`))
    this.#forget(link)
  }

  /** It died by itself. */
  #lose(link: Link): void {
    if (this.#links.get(link)?.proven === false) this.#pace.failed()
    this.#forget(link)
  }

  #forget(link: Link): void {
    if (this.#links.delete(link) && this.#permits) link.whenGone(() => this.#permits?.give())
    const at = this.#idle.indexOf(link)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#grow()
  }

  /** Opens links for those who wait, as far as the bounds and the pace allow. */
  #grow(): void {
    while (!this.#closed && this.#opening < this.#waiting.length && this.size < this.#options.max) {
      // Before one connection has shown that the server lets us in, more would only meet the same answer.
      if (this.#links.size === 0 && this.#opening > 0) return
      const delay = this.#pace.delayMs(performance.now())
      if (delay > 0) return this.#growLater(delay)
      this.#isDenied = this.#permits?.take(this) === false
      if (this.#isDenied) return
      void this.#open()
    }
  }

  #growLater(delayMs: number): void {
    // With nothing open and nothing on its way, waiting for the pace would only delay the same answer.
    if (this.size === 0 && this.#lastRefusal) return this.#failWaiters(this.#lastRefusal)
    if (!Number.isFinite(delayMs) || this.#retry) return
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.#grow()
    }, delayMs)
  }

  async #open(): Promise<void> {
    const generation = this.#generation
    const { connectMs, statementMs, prove } = this.#options
    this.#opening++
    this.#pace.started(performance.now())
    try {
      const link = await Link.open(
        this.#target,
        { connectMs, statementMs },
        prove && ((opened) => prove(proving(opened))),
      )
      this.#opened(link, generation)
    } catch (error) {
      this.#refused(translateConnectFailure(error))
    }
  }

  #opened(link: Link, generation: number): void {
    this.#opening--
    this.#pace.ended()
    this.#lastRefusal = undefined
    const slot = { generation, proven: false, restingSince: 0 }
    this.#links.set(link, slot)
    this.#serve(link, slot)
    this.#grow()
  }

  #refused(error: TenantryError): void {
    this.#opening--
    this.#permits?.give()
    this.#pace.ended()
    this.#pace.failed()
    this.#lastRefusal = error
    // While others are open or opening, whoever waits may still be served by them.
    if (this.size === 0) this.#failWaiters(error)
    else this.#grow()
  }

  #failWaiters(error: TenantryError): void {
    for (const waiter of this.#waiting.splice(0)) waiter.fail(error)
  }

  #waitedInVain(): TenantryError {
    if (this.#links.size > 0) return this.#busy('no connection became free')
    if (this.#isDenied) return this.#busy('the connections of the server are in use by others')
    return this.#lastRefusal ?? translateConnectFailure(new DeadlinePassed('no connection could be opened'))
  }

  #busy(reason: string): TenantryError {
    return new TenantryError('DATABASE_BUSY', {
      detail: { reason, ...this.stats() },
      retryAfterSeconds: 1,
      stack: 'none',
    })
  }
}

function proving(link: Link): ProvingLink {
  return {
    query: async <Row extends Record<string, unknown>>(text: string, parameters: readonly unknown[] = []) =>
      // The caller names the columns of its own statement.
      (await link.run(text, parameters, 'objects')) as Row[],
  }
}

function closedError(): TenantryError {
  return new TenantryError('CONNECTION_REFUSED', { detail: { reason: 'the pool is closed' } })
}
