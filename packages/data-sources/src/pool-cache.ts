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

/** Pools by tenant, each kept for a while after its last use. A budget over all pools of a server would be kept here. */
export class PoolCache {
  readonly #open: (config: Config) => Pool
  readonly #closing = new Set<Promise<void>>()
  /** Out of the cache, with work that still goes through them. */
  readonly #leaving = new Set<Entry>()
  readonly #entries: LRUCache<string, Entry>
  #evictions = 0

  constructor(open: (config: Config) => Pool, { max, ttlMs }: { max: number; ttlMs: number }) {
    this.#open = open
    this.#entries = new LRUCache({
      max,
      ttl: ttlMs,
      updateAgeOnGet: true,
      dispose: (entry) => {
        entry.evicted = true
        this.#evictions++
        this.#leaving.add(entry)
        this.#closeUnused(entry)
      },
    })
  }

  /**
   * Keeps the pool of this config open until `work` ends. Throws DATABASE_BUSY before it is begun when nobody else may wait
   * for a connection: a handle and a query that come to nothing cost the other tenants of this process four times as much.
   */
  async use<T>(config: Config, work: (pool: Pool) => Promise<T>): Promise<T> {
    const entry = this.#find(config)
    const refusal = entry.pool.refusal()
    if (refusal) throw refusal
    entry.users++
    try {
      return await work(entry.pool)
    } finally {
      entry.users--
      this.#closeUnused(entry)
    }
  }

  stats(tenantId: string): ReturnType<Pool['stats']> | null {
    return this.#entries.peek(tenantId)?.pool.stats() ?? null
  }

  get evictions(): number {
    return this.#evictions
  }

  /** Those in the cache, with the configuration they were opened for. */
  all(): { config: Config; stats: ReturnType<Pool['stats']> }[] {
    return [...this.#entries.values()].map(({ config, pool }) => ({ config, stats: pool.stats() }))
  }

  /** No new work goes through a pool that was opened for an older version; work under way ends undisturbed. */
  expire(tenantId: string, version: number): void {
    this.#drop(({ config }) => config.tenantId === tenantId && config.record.version < version)
  }

  /** Ends work of the tenant that is under way through pools of an older version. */
  interrupt(tenantId: string, version: number, what: 'transactions' | 'everything'): void {
    for (const { config, pool } of this.#leaving) {
      if (config.tenantId === tenantId && config.record.version < version) pool.interrupt(what)
    }
  }

  delete(tenantId: string): void {
    this.#drop(({ config }) => config.tenantId === tenantId)
  }

  clear(): void {
    this.#entries.clear()
  }

  purgeStale(): void {
    this.#entries.purgeStale()
  }

  /** Waits for the pools to end; to be called when no work is under way any more. */
  async close(): Promise<void> {
    this.clear()
    await Promise.all(this.#closing)
  }

  #find(config: Config): Entry {
    const known = this.#entries.get(config.key)
    // Never backwards: a request that read its config before a change may come after one that read it later.
    if (known && known.config.record.version >= config.record.version) return known
    const entry = { config, pool: this.#open(config), users: 0, evicted: false }
    this.#entries.set(config.key, entry)
    return entry
  }

  #drop(isMeant: (entry: Entry) => boolean): void {
    const meant = Array.from(this.#entries.entries()).filter(([, entry]) => isMeant(entry))
    for (const [key] of meant) this.#entries.delete(key)
  }

  #closeUnused(entry: Entry): void {
    if (!entry.evicted || entry.users > 0) return
    this.#leaving.delete(entry)
    const closing = entry.pool.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
