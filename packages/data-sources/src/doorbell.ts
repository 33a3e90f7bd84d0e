import { LRUCache } from 'lru-cache'

export interface DoorbellNeeds {
  /** Says that something was written; `known` is false for a tenant that nobody waits for. */
  ring(tenantId: string): Promise<{ known: boolean }>
}

const atMostEveryMs = 1_000
const nobodyHomeMs = 5_000

/**
 * Says in the application database that a tenant has written something, for who tells others of it. Once a second and tenant
 * at most, the last time after the last write; for a tenant that tells nobody one look in five seconds. A bell that is not
 * heard costs time and nothing else, so nobody waits for it and no failure is told.
 */
export class Doorbell {
  readonly #needs: DoorbellNeeds
  /** Of each tenant for which it rang just now: whether it was written to since. */
  readonly #rung = new LRUCache<string, { again: boolean }>({ max: 10_000, ttl: nobodyHomeMs })
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
    const unheard = Array.from(this.#rung.entries(), ([tenantId, { again }]) => (again ? tenantId : undefined))
    for (const tenantId of unheard) if (tenantId !== undefined) this.#start(tenantId)
    await Promise.all(this.#underWay)
  }

  #start(tenantId: string): void {
    const rung = { again: false }
    this.#rung.set(tenantId, rung)
    const ringing = Promise.resolve()
      .then(() => this.#needs.ring(tenantId))
      .then(({ known }) => {
        if (known && !this.#isClosed) this.#rest(tenantId, rung)
        // Until somebody is at home again, what is written is nobody's news.
        if (!known) rung.again = false
      })
      .catch(() => this.#rung.delete(tenantId))
      .then(() => {
        this.#underWay.delete(ringing)
      })
    this.#underWay.add(ringing)
  }

  #rest(tenantId: string, rung: { again: boolean }): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#rung.delete(tenantId)
      if (rung.again) this.#start(tenantId)
    }, atMostEveryMs).unref()
    this.#timers.add(timer)
  }
}
