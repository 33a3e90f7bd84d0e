import type { Permits, Sharing } from '@tenantry/connections/pool'
import type { Logger } from '@tenantry/telemetry/logger'
import type { ServerStatistics } from './statistics.ts'

/** What this process may have open on one server, and what all processes together have left. */
export interface Share {
  allowed: number
  /** All connections of the server are given out, so whoever can do with less is asked often. */
  isTight: boolean
}

/** Where processes agree on who may have how many connections to a server. */
export interface ShareSource {
  /**
   * Says how many this process has open and how many it could use. What was allowed holds until `ttlMs` after it was
   * asked for, and is not more than its fair part when others want some too.
   */
  renew(ask: { server: string; holds: number; wants: number; most: number; ttlMs: number }): Promise<Share>
}

export interface BudgetOptions {
  server: string
  /** Connections of all processes together. */
  most: number
  source: ShareSource
  logger: Logger
}

const ttlMs = 20_000
const calmEveryMs = 4_000
const tightEveryMs = 400

/** Whoever has waited that much longer than another tenant's caller goes first; moving a connection costs about as much. */
const patienceMs = 50

/** Asked for beyond what is needed now, so that not every connection costs a question. */
const slack = 2

/**
 * The connections of one process to one server, shared by the pools of its tenants. A pool that gets none queues here, in
 * the order of asking. One gets free when another pool's has nothing to do (it is closed, the longest rested first), and
 * when a pool that has more than others gives one back. What the process may have it agrees on with the other processes;
 * what it could not renew in time it no longer has.
 */
export class ServerBudget implements Permits {
  readonly #options: BudgetOptions
  readonly #members = new Set<Sharing>()
  /** Those that were refused a connection, in that order. */
  readonly #queue = new Set<Sharing>()
  /** Whose turn it is to take the one that became free. */
  #turn: Sharing | undefined
  #used = 0
  #allowed = 0
  #sheds = 0
  /** Being closed for those who queue, and not gone yet. */
  #coming = 0
  #isBlind = false
  #renewing = false
  #renewAgain = false
  #renewTimer: NodeJS.Timeout | undefined
  #expireTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: BudgetOptions) {
    this.#options = options
  }

  stats(): ServerStatistics {
    const { server, most } = this.#options
    return { server, most, allowed: this.#allowed, open: this.#used, waiting: this.#waiting(), evictions: this.#sheds }
  }

  join(pool: Sharing): void {
    this.#members.add(pool)
  }

  leave(pool: Sharing): void {
    this.#members.delete(pool)
    this.#queue.delete(pool)
    if (this.#members.size === 0) this.#renewSoon(0)
  }

  take(pool: Sharing): boolean {
    const isMyTurn = this.#turn === pool
    const mayGo = this.#used < this.#allowed && (isMyTurn || this.#longestHungry() === undefined)
    if (!mayGo || this.#closed) {
      this.#queue.add(pool)
      if (!isMyTurn) this.#makeRoom()
      return false
    }
    this.#turn = undefined
    this.#queue.delete(pool)
    this.#used++
    return true
  }

  give(): void {
    this.#used--
    if (this.#coming > 0) this.#coming--
    this.#serveQueue()
    if (this.#used > this.#allowed) this.#renewSoon(0)
  }

  mustYield(pool: Sharing): boolean {
    if (this.#used - this.#coming <= this.#allowed && !this.#isOutwaited(pool)) return false
    this.#sheds++
    this.#coming++
    return true
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#renewTimer)
    clearTimeout(this.#expireTimer)
    const { source, server, most } = this.#options
    // What is not given back expires.
    await source.renew({ server, holds: 0, wants: 0, most, ttlMs }).catch(() => undefined)
  }

  /** Whether somebody without a connection has waited longer than whoever waits here, or has clearly fewer than this pool. */
  #isOutwaited(pool: Sharing): boolean {
    if (this.#coming >= this.#queue.size) return false
    const hungry = this.#longestHungry()
    if (hungry?.waitingSince === undefined || hungry === pool) return false
    const mine = pool.waitingSince
    if (mine === undefined || pool.size > hungry.size + 1) return true
    return hungry.size === 0 && hungry.waitingSince + patienceMs < mine
  }

  /** Whoever gave up waiting has left the queue by that. */
  #longestHungry(): Sharing | undefined {
    for (const pool of this.#queue) {
      if (pool.waitingSince !== undefined) return pool
      this.#queue.delete(pool)
    }
    return undefined
  }

  /** For somebody who queues: more from the other processes, or what another pool does not use. */
  #makeRoom(): void {
    if (this.#allowed < this.#options.most) this.#renewSoon(0)
    else if (this.#coming < this.#queue.size) this.#shedOne()
  }

  /** Closes what has rested longest. The place is free when the server has let go of it. */
  #shedOne(): boolean {
    let longest: Sharing | undefined
    for (const pool of this.#members) {
      const since = pool.restingSince
      if (since !== undefined && since < (longest?.restingSince ?? Infinity)) longest = pool
    }
    if (longest === undefined) return false
    this.#sheds++
    this.#coming++
    longest.shed()
    return true
  }

  #serveQueue(): void {
    for (const pool of this.#queue) {
      if (this.#used >= this.#allowed || this.#closed) return
      this.#queue.delete(pool)
      if (pool.waitingSince === undefined) continue
      this.#turn = pool
      pool.grow()
      this.#turn = undefined
    }
  }

  #renewSoon(ms: number): void {
    if (this.#closed) return
    if (this.#renewing) {
      this.#renewAgain ||= ms === 0
      return
    }
    clearTimeout(this.#renewTimer)
    this.#renewTimer = setTimeout(() => void this.#renew(), ms).unref()
    if (ms === 0) this.#renewTimer.ref()
  }

  async #renew(): Promise<void> {
    const { source, server, most, logger } = this.#options
    this.#renewing = true
    const asked = performance.now()
    let nextMs = calmEveryMs
    try {
      const wants = this.#wanted()
      const { allowed, isTight } = await source.renew({ server, holds: this.#used, wants, most, ttlMs })
      this.#allowed = allowed
      this.#expireAt(asked + ttlMs / 2)
      this.#isBlind = false
      if (isTight) nextMs = tightEveryMs
    } catch (err) {
      if (!this.#isBlind) logger.warn({ err, server }, 'The share of connections to a server could not be renewed')
      this.#isBlind = true
      nextMs = tightEveryMs
    }
    this.#renewing = false
    this.#serveQueue()
    this.#shrink()
    const again = this.#renewAgain
    this.#renewAgain = false
    if (this.#members.size > 0 || this.#used > 0) this.#renewSoon(again ? 0 : nextMs)
  }

  #wanted(): number {
    if (this.#members.size === 0) return this.#used
    const waiting = this.#waiting()
    return Math.min(this.#used + (waiting > 0 ? waiting + slack : 0) + slack, this.#options.most)
  }

  /** Without those that got what they waited for from a connection of their own, and still stand in the queue. */
  #waiting(): number {
    let waiting = 0
    for (const pool of this.#queue) if (pool.waitingSince !== undefined) waiting++
    return waiting
  }

  /** To what is allowed, and for those who queue to what they need: as far as connections have nothing to do. */
  #shrink(): void {
    const needed = this.#longestHungry() === undefined ? 0 : this.#queue.size
    let tooMany = this.#used - this.#coming - this.#allowed + needed
    while (tooMany-- > 0) if (!this.#shedOne()) return
  }

  /** Half of the time others count on it: a process that cannot agree any more must be gone before they go on without it. */
  #expireAt(when: number): void {
    clearTimeout(this.#expireTimer)
    this.#expireTimer = setTimeout(
      () => {
        this.#allowed = 0
        this.#shrink()
      },
      Math.max(0, when - performance.now()),
    ).unref()
  }
}
