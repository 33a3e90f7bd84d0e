import { LRUCache } from 'lru-cache'
import { keysOf, type Config } from './config.ts'

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

  get(key: string, version: number, load: () => Promise<Config>): Promise<Config> {
    const known = this.#entries.get(key)
    if (known && known.version >= version) {
      this.#hits++
      return known.config
    }
    this.#misses++
    const entry: Entry = { version, config: load() }
    this.#entries.set(key, entry)
    entry.config.catch(() => {
      if (this.#entries.peek(key) === entry) this.#entries.delete(key)
    })
    return entry.config
  }

  stats(): { entries: number; hits: number; misses: number } {
    return { entries: this.#entries.size, hits: this.#hits, misses: this.#misses }
  }

  /** Forgets of a tenant what is older than `version`. */
  expire(tenantId: string, version: number): void {
    for (const key of keysOf(tenantId)) {
      const known = this.#entries.peek(key)
      if (known && known.version < version) this.#entries.delete(key)
    }
  }

  delete(tenantId: string): void {
    for (const key of keysOf(tenantId)) this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }

  purgeStale(): void {
    this.#entries.purgeStale()
  }
}
