import { LRUCache } from 'lru-cache'
import type { Config } from './config.ts'

interface Entry {
  version: number
  config: Promise<Config>
}

/**
 * Opened data sources by tenant, for a while. Callers of one tenant and version share one load; a failed one is not
 * kept. Other processes' changes are seen by the version a grant carries, and end what is remembered by `expire`. A grant
 * from before a change, still on its way, gets what is newer.
 */
export class ConfigCache {
  readonly #entries: LRUCache<string, Entry>
  #hits = 0
  #misses = 0

  constructor(ttlMs: number) {
    this.#entries = new LRUCache({ max: 10_000, ttl: ttlMs })
  }

  get(tenantId: string, version: number, load: () => Promise<Config>): Promise<Config> {
    const known = this.#entries.get(tenantId)
    if (known && known.version >= version) {
      this.#hits++
      return known.config
    }
    this.#misses++
    const entry: Entry = { version, config: load() }
    this.#entries.set(tenantId, entry)
    entry.config.catch(() => {
      if (this.#entries.peek(tenantId) === entry) this.#entries.delete(tenantId)
    })
    return entry.config
  }

  stats(): { entries: number; hits: number; misses: number } {
    return { entries: this.#entries.size, hits: this.#hits, misses: this.#misses }
  }

  /** Forgets what is older than `version`. */
  expire(tenantId: string, version: number): void {
    const known = this.#entries.peek(tenantId)
    if (known && known.version < version) this.#entries.delete(tenantId)
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
}
