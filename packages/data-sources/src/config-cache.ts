import { LRUCache } from 'lru-cache'
import type { Config } from './config.ts'

interface Entry {
  version: string
  config: Promise<Config>
}

/**
 * Opened data sources by tenant, for five minutes. Callers of one tenant and version share one load; a failed one is not
 * kept. Other processes' changes are seen by the version a grant carries; this is where a notification would clear.
 */
export class ConfigCache {
  readonly #entries = new LRUCache<string, Entry>({ max: 10_000, ttl: 5 * 60_000 })

  get(tenantId: string, version: string, load: () => Promise<Config>): Promise<Config> {
    const known = this.#entries.get(tenantId)
    if (known?.version === version) return known.config
    const entry: Entry = { version, config: load() }
    this.#entries.set(tenantId, entry)
    entry.config.catch(() => {
      if (this.#entries.peek(tenantId) === entry) this.#entries.delete(tenantId)
    })
    return entry.config
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
