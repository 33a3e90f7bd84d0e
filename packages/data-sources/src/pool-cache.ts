import type { Pool } from '@tenantry/connections/pool'
import { LRUCache } from 'lru-cache'
import type { Config } from './config.ts'

/** In the cache, then out of it; out of it and unused, it is closed. A pool that work goes through is never closed. */
interface Entry {
  config: Config
  pool: Pool
  users: number
  evicted: boolean
}

/** Pools by tenant, each kept for an hour after its last use. A budget over all pools of a server would be kept here. */
export class PoolCache {
  readonly #open: (config: Config) => Pool
  readonly #closing = new Set<Promise<void>>()
  readonly #inUse = new Set<Promise<unknown>>()
  readonly #entries: LRUCache<string, Entry>

  constructor(open: (config: Config) => Pool, max: number) {
    this.#open = open
    this.#entries = new LRUCache({
      max,
      ttl: 60 * 60_000,
      updateAgeOnGet: true,
      dispose: (entry) => {
        entry.evicted = true
        this.#closeUnused(entry)
      },
    })
  }

  /** Keeps the pool of this config open until `work` ends. */
  async use<T>(config: Config, work: (pool: Pool) => Promise<T>): Promise<T> {
    const entry = this.#find(config)
    entry.users++
    const working = work(entry.pool)
    this.#inUse.add(working)
    try {
      return await working
    } finally {
      this.#inUse.delete(working)
      entry.users--
      this.#closeUnused(entry)
    }
  }

  stats(tenantId: string): ReturnType<Pool['stats']> | null {
    return this.#entries.peek(tenantId)?.pool.stats() ?? null
  }

  delete(tenantId: string): void {
    this.#entries.delete(tenantId)
  }

  clear(): void {
    this.#entries.clear()
  }

  purgeStale(): void {
    this.#entries.purgeStale()
  }

  /** Waits for the work under way and for the pools to end. */
  async close(): Promise<void> {
    this.clear()
    await Promise.allSettled(this.#inUse)
    await Promise.all(this.#closing)
  }

  #find(config: Config): Entry {
    const known = this.#entries.get(config.tenantId)
    if (known?.config.version === config.version) return known
    const entry = { config, pool: this.#open(config), users: 0, evicted: false }
    this.#entries.set(config.tenantId, entry)
    return entry
  }

  #closeUnused(entry: Entry): void {
    if (!entry.evicted || entry.users > 0) return
    const closing = entry.pool.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
