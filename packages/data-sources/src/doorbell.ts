import { LRUCache } from 'lru-cache'

export interface DoorbellNeeds {
  /** Says that something was written; `known` is false for a tenant that nobody waits for. */
  ring(tenantId: string): Promise<{ known: boolean }>
}

interface Rung {
  /** Whether something was written since. */
  again: boolean
  /** Whether anybody waits for news of the tenant. */
  isHome: boolean
}

const atMostEveryMs = 1_000
const nobodyHomeMs = 5_000

/**
 * Says in the application database that a tenant has written something, for who tells others of it. Once a second and tenant
 * at most, and in five seconds for a tenant that tells nobody; the last time after the last write, since somebody may have
 * come home meanwhile. A bell that is not heard costs time and nothing else, so nobody waits for it and no failure is told.
 */
export class Doorbell {
  readonly #needs: DoorbellNeeds
  /** Of each tenant for which it rang just now. */
  readonly #rung = new LRUCache<string, Rung>({ max: 10_000 })
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #underWay = new Set<Promise<void>>()
  #isClosed = false

  constructor(needs: DoorbellNeeds) {
    this.#needs = needs
  }

  wrote(tenantId: string): void {
    const rung = this.#rung.get(tenantId)
    if (rung !== undefined) rung.again = true
    else this.#start(tenantId)
  }

  /** Rings for what has not been rung for yet. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers) clearTimeout(timer)
    await Promise.all(this.#underWay)
    const unheard = [...this.#rung.entries()].filter(([, { again, isHome }]) => again && isHome)
    for (const [tenantId] of unheard) this.#start(tenantId)
    await Promise.all(this.#underWay)
  }

  #start(tenantId: string): void {
    const rung: Rung = { again: false, isHome: true }
    this.#rung.set(tenantId, rung)
    const ringing = Promise.resolve()
      .then(() => this.#needs.ring(tenantId))
      .then(({ known }) => {
        rung.isHome = known
        if (!this.#isClosed) this.#rest(tenantId, rung)
      })
      .catch(() => this.#rung.delete(tenantId))
      .then(() => {
        this.#underWay.delete(ringing)
      })
    this.#underWay.add(ringing)
  }

  #rest(tenantId: string, rung: Rung): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        // Another one may stand there, where this one had to make room.
        if (this.#rung.peek(tenantId) === rung) this.#rung.delete(tenantId)
        if (rung.again) this.#start(tenantId)
      },
      rung.isHome ? atMostEveryMs : nobodyHomeMs,
    ).unref()
    this.#timers.add(timer)
  }
}
